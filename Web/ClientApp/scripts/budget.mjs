// Measures what a visitor downloads, gzip, and fails when a hard limit is crossed. Run after a build: npm run budget
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const output = join(import.meta.dirname, '../../wwwroot')
const assets = readdirSync(join(output, 'assets')).filter((name) => /\.(js|css)$/.test(name))
const kilobytes = (name) => gzipSync(readFileSync(join(output, 'assets', name)), { level: 9 }).length / 1024
const sizes = new Map(assets.map((name) => [name, kilobytes(name)]))
const source = (name) => readFileSync(join(output, 'assets', name), 'utf8')

/** Chunks that loading these loads too, without those behind an `import()`. */
function closure(names) {
  const seen = new Set()
  const queue = [...names]
  for (let name = queue.pop(); name; name = queue.pop()) {
    if (seen.has(name) || !sizes.has(name)) continue
    seen.add(name)
    for (const [, imported] of source(name).matchAll(/(?:\bimport|\bfrom)\s*["']\.\/([^"']+\.js)["']/g)) queue.push(imported)
  }
  return seen
}

const named = (prefix) => assets.find((name) => name.startsWith(`${prefix}-`) && name.endsWith('.js')) ?? missing(prefix)
const missing = (prefix) => { throw new Error(`There is no chunk ${prefix}-*.js in ${output}; was it renamed?`) }
const sum = (names) => [...names].reduce((total, name) => total + (sizes.get(name) ?? 0), 0)
const without = (names, others) => new Set([...names].filter((name) => !others.has(name)))

const hasAssistant = () => assets.some((name) => name.startsWith('Assistant-') && name.endsWith('.js'))

const page = readFileSync(join(output, 'index.html'), 'utf8')
const shell = closure([...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name]) => name))
const frame = readFileSync(join(output, 'embed.html'), 'utf8')
const embedded = closure([...frame.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name]) => name))
const editor = closure([...shell, named('CodeEditor')])
const terminal = without(closure([named('Terminal')]), editor)
const assistant = hasAssistant() ? without(closure([named('Assistant')]), editor) : new Set()
// Any grammar may be the one a visitor needs; C++ has the largest of those we run.
const grammars = assets.filter((name) => name.startsWith('language-')).map((name) => ({ name, size: sizes.get(name) }))
const largest = grammars.reduce((a, b) => (a.size > b.size ? a : b))
const withLanguage = closure([...editor, named('language-cpp')])

const rows = [
  ['Shell, to first paint', sum(shell), 125, 140],
  ['To a usable editor with C++', sum(withLanguage), 290, 320],
  ['Embedded, to first paint', sum(embedded), 100, 115],
  ['Terminal', sum(terminal), 95, 105],
  ['AI panel', sum(assistant), 60, 75],
  [`Largest language (${largest.name})`, largest.size, 33, 40],
  ['CSS, all of it', sum(assets.filter((name) => name.endsWith('.css'))), 15, 25],
]

let failed = false
console.log(`${'KB gzip'.padEnd(52)} ${'now'.padStart(7)} ${'target'.padStart(7)} ${'limit'.padStart(7)}`)
for (const [what, now, target, limit] of rows) {
  const crossed = now > limit
  failed ||= crossed
  console.log(`${what.padEnd(52)} ${now.toFixed(1).padStart(7)} ${String(target).padStart(7)} ${String(limit).padStart(7)}${crossed ? '  CROSSED' : ''}`)
}
process.exitCode = failed ? 1 : 0
