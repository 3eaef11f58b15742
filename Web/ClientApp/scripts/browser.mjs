// The distribution's Chromium, spoken to over a pipe in its own protocol: no port, no dependency.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome']

function findBrowser() {
  const candidates = process.env.BROWSER_PATH ? [process.env.BROWSER_PATH] : (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return candidates.find(existsSync) ?? fail(`No browser: none of ${names.join(', ')} is in PATH. BROWSER_PATH names another one.`)
}

export function fail(message) {
  console.error(message)
  process.exit(2)
}

/** Starts a browser of its own, hands it to the work, and leaves nothing behind. */
export async function withBrowser(work) {
  const profile = mkdtempSync(join(tmpdir(), 'onlinecompiler-browser-'))
  // Chromium refuses to sandbox itself as root, which is who containers and CI run as.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = spawn(findBrowser(), ['--headless=new', '--remote-debugging-pipe', '--no-first-run', '--disable-extensions', `--user-data-dir=${profile}`, ...asRoot], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise((resolve) => browser.once('exit', resolve))
  try {
    return await work(new Connection(browser.stdio[3], browser.stdio[4]))
  } finally {
    browser.kill()
    await gone
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

class Connection {
  #output
  #answers = new Map()
  #lastId = 0

  constructor(output, input) {
    this.#output = output
    let received = Buffer.alloc(0)
    input.on('data', (data) => {
      received = Buffer.concat([received, data])
      for (let end = received.indexOf(0); end >= 0; end = received.indexOf(0)) {
        this.#receive(JSON.parse(received.subarray(0, end).toString()))
        received = received.subarray(end + 1)
      }
    })
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.#lastId
    this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    return new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }))
  }

  #receive({ id, result, error }) {
    const answer = this.#answers.get(id)
    this.#answers.delete(id)
    if (error) answer?.reject(new Error(error.message))
    else answer?.resolve(result)
  }

  /** A page as nobody has seen it before: no cache, no storage, no worker. */
  async withNewPage(device, work) {
    const { browserContextId } = await this.send('Target.createBrowserContext')
    try {
      const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', browserContextId })
      const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true })
      const page = new Page((method, params) => this.send(method, params, sessionId))
      await page.prepare(device)
      return await work(page)
    } finally {
      await this.send('Target.disposeBrowserContext', { browserContextId })
    }
  }
}

class Page {
  #send

  constructor(send) {
    this.#send = send
  }

  async prepare({ width, height, scale, mobile, slowdown, latencyMs, megabitsPerSecond }) {
    await this.#send('Page.enable')
    await this.#send('Network.enable')
    await this.#send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile })
    await this.#send('Emulation.setTouchEmulationEnabled', { enabled: mobile })
    if (slowdown > 1) await this.#send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    if (latencyMs > 0) {
      const bytesPerSecond = (megabitsPerSecond * 1024 * 1024) / 8
      await this.#send('Network.emulateNetworkConditions', { offline: false, latency: latencyMs, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond })
    }
  }

  beforeEachDocument(script) {
    return this.#send('Page.addScriptToEvaluateOnNewDocument', { source: script })
  }

  async open(address) {
    const { errorText } = await this.#send('Page.navigate', { url: address })
    if (errorText) fail(`${address}: ${errorText}. Is the application running? ./run.sh starts it.`)
  }

  async value(expression) {
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  /** Waits until the expression is true. */
  async until(expression, what, patienceMs = 60_000) {
    for (const end = Date.now() + patienceMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 25))) {
      if (await this.value(`Boolean(${expression})`).catch(() => false)) return
    }
    throw new Error(`${what} did not come within ${patienceMs / 1000} seconds.`)
  }

  async click(selector) {
    const { x, y } = await this.value(`(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))(document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect())`)
    for (const type of ['mousePressed', 'mouseReleased']) await this.#send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 })
  }

  /** A key as a keyboard sends it; `modifiers`: 2 is Control. */
  async press(key, modifiers = 0) {
    const known = { '\n': { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }, Delete: { key: 'Delete', code: 'Delete', windowsVirtualKeyCode: 46 } }
    // Signs have codes of their own on each keyboard; as characters they would be arrows.
    const code = /[a-z0-9 ]/i.test(key) ? key.toUpperCase().charCodeAt(0) : 0
    const event = known[key] ?? { key, text: modifiers === 0 ? key : undefined, windowsVirtualKeyCode: code }
    await this.#send('Input.dispatchKeyEvent', { type: event.text && modifiers === 0 ? 'keyDown' : 'rawKeyDown', modifiers, ...event })
    await this.#send('Input.dispatchKeyEvent', { type: 'keyUp', modifiers, ...event, text: undefined })
  }
}
