import { singleFile } from '../drafts/draft'
import { cpp, python } from '../testing/languages'
import { CaseBook } from './caseBook'

const draft = singleFile('main.py', '')
const saved = { ...draft, saved: { id: 's1', version: 1, title: 'Mine', files: draft.files, entryPoint: 'main.py', arguments: '', stdin: '', compilerArguments: '', languageVersion: '' } }
const inputs = (book: CaseBook) => book.state().cases.map(({ input }) => input)

function open() {
  const book = new CaseBook()
  book.open({ language: python, draft, revision: 0 })
  return book
}

it('keeps the cases of each language in this browser', () => {
  const book = open()
  book.add({ input: 'for Python' })
  book.open({ language: cpp, draft, revision: 0 })
  expect(inputs(book)).toEqual([])
  book.add({ input: 'for C++' })
  book.open({ language: python, draft, revision: 0 })
  expect(inputs(book)).toEqual(['for Python'])

  book.flush()
  const later = new CaseBook()
  later.open({ language: cpp, draft, revision: 0 })
  expect(inputs(later)).toEqual(['for C++'])
})

it('keeps the cases when the program is saved, and has others for another program', () => {
  const book = open()
  book.add({ input: '1' })
  book.open({ language: python, draft: saved, revision: 0 })
  expect(inputs(book)).toEqual(['1'])
  book.open({ language: python, draft: { ...saved, saved: { ...saved.saved, id: 's2' } }, revision: 1 })
  expect(inputs(book)).toEqual([])
  book.open({ language: python, draft: saved, revision: 2 })
  expect(inputs(book)).toEqual(['1'])
})

it('adds, changes, moves, copies and removes', () => {
  const book = open()
  const first = book.add({ input: 'a' })
  book.add({ input: 'c' })
  book.add({ input: 'b' }, first)
  expect(inputs(book)).toEqual(['a', 'b', 'c'])
  book.move(first, 1)
  book.move(first, 1)
  book.move(first, 1)
  expect(inputs(book)).toEqual(['b', 'c', 'a'])
  book.edit(first, { input: 'z' })
  expect(inputs(book)).toEqual(['b', 'c', 'z'])
  book.remove(first)
  expect(inputs(book)).toEqual(['b', 'c'])
})

it('says when the browser does not keep them', () => {
  const book = open()
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => { throw new DOMException('full', 'QuotaExceededError') })
  book.add({ input: 'large' })
  book.flush()
  expect(book.state().stored).toBe(false)
})
