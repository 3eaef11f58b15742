import { toggleComment } from '@codemirror/commands'
import { type LanguageSupport, ensureSyntaxTree, foldable, getIndentation, indentUnit, syntaxTree } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { languages as testLanguages } from '../testing/languages'
import { modeExtensions } from './extensions'
import { type FileKind, kindOf } from './fileKind'
import { indentationFolding } from './folding'
import { loadMode } from './modes'

interface Pack {
  id: string
  editorMode: string
  entryPoint: string
  sample: string
  lineComment?: string | null
  blockComment?: [string, string] | null
}

const folder = join(import.meta.dirname, '../../../../ExecutionService/packs')
// As /api/v1/languages lists them: each pack says which mode its language has.
const packs = readdirSync(folder)
  .filter((name) => existsSync(join(folder, name, 'pack.json')))
  .map((name) => ({ name, pack: JSON.parse(readFileSync(join(folder, name, 'pack.json'), 'utf8')) as Pack }))

const kindOfPack = ({ id, editorMode, lineComment, blockComment }: Pack): FileKind => ({
  mode: editorMode || id,
  lineComment: lineComment ?? null,
  blockComment: blockComment ? { start: blockComment[0], end: blockComment[1] } : null,
})

async function stateOf(pack: Pack, doc: string): Promise<{ support: LanguageSupport | null; state: EditorState }> {
  const kind = kindOfPack(pack)
  const support = await loadMode(kind.mode, pack.entryPoint)
  return { support, state: EditorState.create({ doc, extensions: [modeExtensions(support, kind), indentationFolding, indentUnit.of('  ')] }) }
}

const packOf = (id: string): Pack => packs.find(({ pack }) => pack.id === id)?.pack ?? missing(id)
const missing = (id: string): never => { throw new Error(`There is no pack ${id}.`) }

it('knows all the languages', () => {
  expect(packs.length).toBeGreaterThanOrEqual(65)
})

describe.each(packs)('$name', ({ name, pack }) => {
  it('has highlighting that tells kinds of words apart in its sample', async () => {
    const sample = readFileSync(join(folder, name, pack.sample), 'utf8')
    const { support, state } = await stateOf(pack, sample)
    expect(support, `nothing highlights "${pack.editorMode}"`).not.toBeNull()
    const kinds = new Set<string>()
    ensureSyntaxTree(state, state.doc.length, 5_000)?.iterate({ enter: (node) => void kinds.add(node.name) })
    expect(kinds.size).toBeGreaterThan(3)
  })

  it.skipIf(!pack.lineComment && !pack.blockComment)('comments a line out and in again', async () => {
    // PHP is a page until it says otherwise.
    const before = pack.id === 'php' ? '<?php\n' : ''
    const { state } = await stateOf(pack, `${before}abc`)
    let now = state.update({ selection: { anchor: before.length } }).state
    const run = () => toggleComment({ state: now, dispatch: (transaction) => { now = transaction.state } })
    expect(run()).toBe(true)
    const start = pack.lineComment ?? pack.blockComment?.[0] ?? ''
    expect(now.doc.toString().startsWith(before + start)).toBe(true)
    run()
    expect(now.doc.toString()).toBe(`${before}abc`)
  })
})

it('goes by the extension of each file, that of the own language first', () => {
  const [python, cpp] = testLanguages
  if (!python || !cpp) throw new Error('They are gone.')
  const prolog = { ...python, id: 'prolog', extensions: ['.pl'], entryPoint: 'main.pl', editorMode: 'prolog' }
  const perl = { ...python, id: 'perl', extensions: ['.pl'], entryPoint: 'main.pl', editorMode: 'perl' }
  expect(kindOf('lib/a.pl', perl, [prolog, perl]).mode).toBe('perl')
  expect(kindOf('a.cpp', python, [python, cpp]).mode).toBe('cpp')
  expect(kindOf('notes.md', python, [python, cpp]).mode).toBe('')
})

it.each([['data.json'], ['notes.md'], ['page.html'], ['style.css'], ['list.xml'], ['conf.yaml'], ['Makefile']])('highlights %s by its name', async (name) => {
  expect(await loadMode('', name)).not.toBeNull()
})

it('shows what it does not know plain', async () => {
  expect(await loadMode('', 'data.xyz')).toBeNull()
})

describe('languages whose highlighting is our own', () => {
  it.each([
    ['nim', 'proc f(): int =', 2],
    ['elixir', '  def f do', 4],
    ['ada', 'procedure Main is', 2],
    ['jq', 'def f:', 2],
  ])('indent what follows in %s', async (id, line, columns) => {
    const { state } = await stateOf(packOf(id), `${line}\n`)
    expect(getIndentation(state, state.doc.length)).toBe(columns)
  })

  it('fold away what is indented', async () => {
    const text = 'proc f() =\n  echo 1\n\n  echo 2\necho 3\n'
    const { state } = await stateOf(packOf('nim'), text)
    expect(foldable(state, 0, 10)).toEqual({ from: 10, to: text.indexOf('\necho 3') })
    expect(foldable(state, 11, 19)).toBeNull()
  })

  it('do not take a comment for the end of a string, nor a string for a comment', async () => {
    const { state } = await stateOf(packOf('elixir'), 'x = "a # b" # c\ny = """\n# d\n"""\n:ok')
    const found: string[] = []
    syntaxTree(state).iterate({ enter: ({ name, from, to }) => void found.push(`${name} ${JSON.stringify(state.doc.sliceString(from, to))}`) })
    expect(found.join('\n')).toContain('comment "# c"')
    expect(found.join('\n')).not.toContain('comment "# d')
    expect(found.join('\n')).toContain('atom ":ok"')
  })
})
