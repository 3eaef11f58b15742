// Measures how soon a visitor can work, on a phone and on a desk, and fails when a hard limit is crossed.
//   ./run.sh                              (in another terminal)
//   npm run measure [-- http://localhost:8080]
import { availableParallelism, loadavg } from 'node:os'
import { withBrowser } from './browser.mjs'

const address = process.argv[2] ?? 'http://localhost:8080'
const attempts = 3
/** As long after the editor has come nothing may disturb any more. */
const quietMs = 2_500

/** A middling phone on a middling network: a Pixel 7's screen, a quarter of this processor, 1.4 Mbit/s, 150 ms. */
const phone = { width: 412, height: 839, scale: 2.625, mobile: true, slowdown: 4, latencyMs: 150, megabitsPerSecond: 1.4 }
const desk = { width: 1350, height: 940, scale: 1, mobile: false, slowdown: 1, latencyMs: 0, megabitsPerSecond: 0 }

/** In the page, before anything of it: notes what the browser reports. */
const record = `
  globalThis.measured = { shifts: 0, tasks: [], paint: 0, largest: 0, usable: 0, keystroke: 0 }
  const observe = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true })
  observe('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) measured.shifts += value })
  observe('longtask', ({ startTime, duration }) => measured.tasks.push({ startTime, duration }))
  observe('paint', ({ name, startTime }) => { if (name === 'first-contentful-paint') measured.paint = startTime })
  observe('largest-contentful-paint', ({ startTime }) => { measured.largest = startTime })
  const waiting = new MutationObserver(() => {
    if (!document.querySelector('.cm-content')) return
    measured.usable = performance.now()
    waiting.disconnect()
  })
  waiting.observe(document, { childList: true, subtree: true })
  addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => { measured.keystroke ||= performance.now() - timeStamp })), { capture: true })
`

async function visit(browser, device) {
  return browser.withNewPage(device, async (page) => {
    await page.beforeEachDocument(record)
    await page.open(address)
    await page.until('globalThis.measured?.usable', 'The editor')
    await new Promise((resolve) => setTimeout(resolve, quietMs))
    await page.value(`document.querySelector('.cm-content').focus()`)
    await page.press('x')
    await page.until('measured.keystroke', 'The first key')
    const { shifts, tasks, paint, largest, usable, keystroke } = await page.value('measured')
    const blocking = tasks.filter(({ startTime }) => startTime >= paint).reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0)
    const interactive = Math.max(usable, ...tasks.filter(({ startTime }) => startTime < usable).map(({ startTime, duration }) => startTime + duration))
    return { usable, paint, largest, blocking, shifts, keystroke, interactive }
  })
}

const rows = [
  ['phone', 'editor usable', 'usable', 2_500, 3_200, 'ms'],
  ['phone', 'first contentful paint', 'paint', 1_800, 2_200, 'ms'],
  ['phone', 'largest contentful paint', 'largest', 2_500, 3_000, 'ms'],
  ['phone', 'total blocking time', 'blocking', 100, 200, 'ms'],
  ['phone', 'layout shift', 'shifts', 0.01, 0.05, ''],
  ['phone', 'first keystroke to paint', 'keystroke', 100, 200, 'ms'],
  ['desk', 'time to interactive', 'interactive', 700, 1_000, 'ms'],
]

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
const written = (value, unit) => (unit === 'ms' ? `${Math.round(value)} ms` : value.toFixed(3))

const visits = await withBrowser(async (browser) => {
  const found = { phone: [], desk: [] }
  for (let attempt = 0; attempt < attempts; attempt++) {
    found.phone.push(await visit(browser, phone))
    found.desk.push(await visit(browser, desk))
  }
  return found
})

let failed = false
console.log(`${address}, median of ${attempts} first visits; processors ${availableParallelism()}, load ${loadavg()[0].toFixed(1)}`)
console.log(`${'what'.padEnd(34)} ${'now'.padStart(9)} ${'target'.padStart(9)} ${'limit'.padStart(9)}`)
for (const [where, what, key, target, limit, unit] of rows) {
  const now = median(visits[where].map((visited) => visited[key]))
  const crossed = now > limit
  failed ||= crossed
  console.log(`${`${where}: ${what}`.padEnd(34)} ${written(now, unit).padStart(9)} ${written(target, unit).padStart(9)} ${written(limit, unit).padStart(9)}${crossed ? '  CROSSED' : ''}`)
}
if (failed && loadavg()[0] > availableParallelism()) console.log('This machine was busy; what it says of the page is no verdict.')
process.exitCode = failed ? 1 : 0
