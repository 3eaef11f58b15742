import { cpp, languages, python } from '../testing/languages'
import { findLanguage, readLink, snapshotAddress } from './link'

const at = (pathname: string, hash = '') => readLink({ pathname, hash })

it('asks for nothing at the root', () => {
  expect(at('/')).toBeNull()
  expect(at('/', '#section')).toBeNull()
})

it('asks for what was shared', () => {
  expect(at('/s/pZGm1Av0IEBK')).toEqual({ kind: 'snapshot', id: 'pZGm1Av0IEBK' })
  expect(at(new URL(snapshotAddress('a-_9', 'https://example.org')).pathname)).toEqual({ kind: 'snapshot', id: 'a-_9' })
  expect(at('/s/../etc')).toBeNull()
})

it('asks for a language, or for a program in one', () => {
  expect(at('/python')).toEqual({ kind: 'language', name: 'python' })
  expect(at('/c%2B%2B/')).toEqual({ kind: 'language', name: 'c++' })
  expect(at('/python', '#code=print(1)%0A')).toEqual({ kind: 'code', name: 'python', code: 'print(1)\n' })
  expect(at('/', '#code=')).toEqual({ kind: 'code', name: null, code: '' })
})

it('asks for nothing that cannot be read', () => {
  expect(at('/%ff')).toBeNull()
  expect(at('/', '#code=%ff')).toBeNull()
})

it('knows languages by all their names', () => {
  expect(findLanguage(languages, 'Python')).toBe(python)
  expect(findLanguage(languages, 'py')).toBe(python)
  expect(findLanguage(languages, 'C++')).toBe(cpp)
  expect(findLanguage(languages, 'klingon')).toBeUndefined()
})
