import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { literalsIn } from '../testing/literals'

const root = join(import.meta.dirname, '..')

function components(): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.tsx') && !entry.name.includes('.test.'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}

it('leaves no text in a component that only English readers could read', () => {
  const found = components().flatMap((path) => literalsIn(path, readFileSync(join(root, path), 'utf8')))
  expect(found).toEqual([])
})

it('knows a text when it sees one', () => {
  const source = '<p title="A tip" className="x">Two words{a ? "Yes" : <b>{t.no}</b>}<kbd>Ctrl</kbd>{`${n} files`}{"name" in x}</p>'
  expect(literalsIn('x.tsx', source)).toEqual(['x.tsx:1 "A tip"', 'x.tsx:1 Two words', 'x.tsx:1 "Yes"', expect.stringContaining(' files')])
})
