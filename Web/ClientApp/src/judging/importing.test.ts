import { readCases, usualComparison, writeCases } from './cases'
import { readFiles, readPasted, toPairs } from './importing'

const two = [{ name: 'small', input: '1 2\n', expected: '3\n' }, { name: 'none', input: '', expected: '0\n' }]

it('reads what it wrote', () => {
  const comparison = { mode: 'tokens', ignoreCase: true } as const
  expect(readCases(writeCases(two, comparison))).toEqual({ cases: two, comparison })
})

it('reads the body of a judgement, and a list of tests alone', () => {
  const tests = [{ id: 'a', input: '1', expectedOutput: '2', points: 3 }]
  const cases = [{ name: 'a', input: '1', expected: '2' }]
  expect(readCases(JSON.stringify({ program: {}, tests }))?.cases).toEqual(cases)
  expect(readCases(JSON.stringify(tests))?.cases).toEqual(cases)
})

it.each(['', '{}', 'no json', '{"tests": [1]}', '[{"input": 5}]'])('knows that %j holds no cases', (text) => {
  expect(readCases(text)).toBeNull()
})

it('takes a mode that it does not know for the usual one', () => {
  expect(readCases('{"tests": [], "comparison": {"mode": "telepathy"}}')?.comparison).toEqual(usualComparison)
})

it('reads the samples of a problem as they are pasted', () => {
  const text = 'Sample Input 1\n1 2\n\nSample Output 1\n3\n\nInput:\n\nOutput:\nfirst\n\nsecond\n'
  expect(readPasted(text)?.cases).toEqual([
    { name: '', input: '1 2\n', expected: '3\n' },
    { name: '', input: '', expected: 'first\n\nsecond\n' },
  ])
})

it('makes a case of an output alone', () => {
  expect(readPasted('Output\n1\nOutput\n2')?.cases.map(({ expected }) => expected)).toEqual(['1\n', '2\n'])
})

it('finds nothing in other text', () => {
  expect(readPasted('just a story about input and output')).toBeNull()
})

it('pairs files by their names, in the order of their numbers', () => {
  const files = ['10.out', '2.in', '10.in', '2.ans'].map((name) => ({ name, text: name }))
  expect(readFiles(files)?.cases).toEqual([
    { name: '2', input: '2.in', expected: '2.ans' },
    { name: '10', input: '10.in', expected: '10.out' },
  ])
})

it('pairs the names that others give them', () => {
  const files = ['input0.txt', 'output0.txt', 'big_in.txt', 'big_out.txt'].map((name) => ({ name, text: name }))
  expect(readFiles(files)?.cases.map(({ input, expected }) => [input, expected])).toEqual([['input0.txt', 'output0.txt'], ['big_in.txt', 'big_out.txt']])
})

it('reads the pairs that it wrote', () => {
  const files = toPairs(two).map(({ path, content }) => ({ name: path, text: content }))
  expect(readFiles(files)?.cases.map(({ input, expected }) => ({ input, expected }))).toEqual(two.map(({ input, expected }) => ({ input, expected })))
})
