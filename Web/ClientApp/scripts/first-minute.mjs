// What a newcomer does in the first minute: open the page, type a program of their own, see what it says.
// Prints clicks, keys and seconds of each step.
//   ./run.sh                              (in another terminal)
//   npm run first-minute [-- http://localhost:8080]
import { withBrowser } from './browser.mjs'

const address = process.argv[2] ?? 'http://localhost:8080'
const desk = { width: 1350, height: 940, scale: 1, mobile: false, slowdown: 1, latencyMs: 0, megabitsPerSecond: 0 }
const program = "name = input('Who are you? ')\nprint('Hello,', name)\n"
const answer = 'Ada'
const inTerminal = (text) => `document.querySelector('[data-testid="terminal"]')?.textContent.includes(${JSON.stringify(text)})`

const steps = await withBrowser((browser) => browser.withNewPage(desk, async (page) => {
  const taken = []
  const step = async (what, clicks, keys, work) => {
    const start = performance.now()
    await work()
    taken.push({ what, clicks, keys, seconds: (performance.now() - start) / 1000 })
  }
  const type = async (text) => {
    for (const key of text) await page.press(key)
  }

  await step('open the page, until the editor is there', 0, 0, async () => {
    await page.open(address)
    await page.until(`document.querySelector('.cm-content')`, 'The editor')
  })
  await step('clear the sample', 1, 2, async () => {
    await page.click('.cm-line')
    await page.press('a', 2)
    await page.press('Delete')
  })
  await step('type a program of one\'s own', 0, program.length, () => type(program))
  await step('run it, until it asks', 0, 1, async () => {
    await page.press('\n', 2)
    await page.until(inTerminal('Who are you?'), 'The question')
  })
  await step('answer, until it greets', 0, answer.length + 1, async () => {
    await page.until(`document.activeElement.closest('[data-testid="terminal"]')`, 'The terminal')
    await type(`${answer}\n`)
    await page.until(inTerminal(`Hello, ${answer}`), 'The greeting')
  })
  return taken
}))

const row = ({ what, clicks, keys, seconds }) => console.log(`${what.padEnd(44)} ${String(clicks).padStart(6)} ${String(keys).padStart(5)} ${seconds.toFixed(2).padStart(8)}`)
console.log(`${address}; a key is typed as soon as the one before is taken, so the seconds are the page's own`)
console.log(`${''.padEnd(44)} clicks  keys  seconds`)
steps.forEach(row)
const sum = (key) => steps.reduce((total, step) => total + step[key], 0)
row({ what: 'all', clicks: sum('clicks'), keys: sum('keys'), seconds: sum('seconds') })
