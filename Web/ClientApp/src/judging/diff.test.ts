import { diffLines, visible } from './diff'

const signs = { same: ' ', missing: '-', unexpected: '+' }
const shown = (expected: string, actual: string, mode: Parameters<typeof diffLines>[2] = 'lines') =>
  diffLines(expected, actual, mode).map(({ kind, text }) => `${signs[kind]}${text}`)

it('shows what is missing and what nobody expected, in their places', () => {
  expect(shown('a\nb\nc\nd\n', 'a\nc\nx\nd\n')).toEqual([' a', '-b', ' c', '+x', ' d'])
})

it('shows all of it when one side is empty', () => {
  expect(shown('a\nb\n', '')).toEqual(['-a', '-b'])
  expect(shown('', 'a\n')).toEqual(['+a'])
})

it('is silent about what the comparison does not mind', () => {
  expect(shown('a \nb\n\n', 'a\nb')).toEqual([' a', ' b'])
})

it('makes white space seen only where it is the difference', () => {
  const lines = diffLines('a b\nc\n', 'a  b\nd\n', 'lines')
  expect(lines.filter(({ showsWhiteSpace }) => showsWhiteSpace).map(({ text }) => visible(text))).toEqual(['a·b', 'a··b'])
})

it('shows a missing end of line when every byte counts', () => {
  const lines = diffLines('a\n', 'a', 'exact')
  expect(lines.map(({ kind, text }) => [kind, visible(text)])).toEqual([['missing', 'a⏎'], ['unexpected', 'a']])
  expect(lines.every(({ showsWhiteSpace }) => showsWhiteSpace)).toBe(true)
})

it('finds the shortest way, and gives the two sides back', () => {
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed % below
  }
  for (let round = 0; round < 200; round++) {
    const side = () => Array.from({ length: random(12) }, () => 'abc'.charAt(random(3))).join('\n')
    const [expected, actual] = [side(), side()]
    const lines = diffLines(expected, actual, 'lines')
    expect(lines.filter(({ kind }) => kind !== 'unexpected').map(({ text }) => text).join('\n')).toBe(expected)
    expect(lines.filter(({ kind }) => kind !== 'missing').map(({ text }) => text).join('\n')).toBe(actual)
    expect(lines.filter(({ kind }) => kind === 'same').length).toBe(longestCommon(expected.split('\n'), actual.split('\n'), expected === '' || actual === ''))
  }
})

function longestCommon(a: string[], b: string[], isEmpty: boolean): number {
  if (isEmpty) return 0
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i]
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  return at(0, 0)
}

it('gives up on the least difference rather than on the page', () => {
  const numbers = (from: number) => Array.from({ length: 5_000 }, (_, index) => from + index).join('\n')
  const lines = diffLines(numbers(0), numbers(1_000_000), 'lines')
  expect(lines.length).toBe(10_000)
})
