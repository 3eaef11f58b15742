import { readOptions } from './options'

const at = (pathname: string, search = '', hash = '') => readOptions({ pathname, search, hash })

it('asks for what was shared', () => {
  expect(at('/embed/pZGm1Av0IEBK')).toEqual({
    snapshot: 'pZGm1Av0IEBK', language: null, code: null, theme: null, readOnly: false, lineNumbers: true, growing: true,
  })
})

it('carries a program', () => {
  expect(at('/embed', '?language=c%2B%2B', '#code=a%2Bb%0A')).toMatchObject({ snapshot: null, language: 'c++', code: 'a+b\n' })
  expect(at('/embed', '?language=python', '#code=%ff')).toMatchObject({ code: null })
})

it('can look and behave otherwise', () => {
  expect(at('/embed/x', '?theme=dark&readonly&lines=0&height=fixed')).toMatchObject({ theme: 'dark', readOnly: true, lineNumbers: false, growing: false })
  expect(at('/embed/x', '?theme=pink&readonly=0&lines=1&height=auto')).toMatchObject({ theme: null, readOnly: false, lineNumbers: true, growing: true })
})
