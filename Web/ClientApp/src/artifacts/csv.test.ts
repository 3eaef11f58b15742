import { parseTable, sortRows } from './csv'

it.each([
  ['a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
  ['name;note\r\nAda;"said ""hi"";\nand left"', [['name', 'note'], ['Ada', 'said "hi";\nand left']]],
  ['\ufeffa\tb\n\n,\t', [['a', 'b'], [',', '']]],
  ['', []],
])('reads %j', (text, rows) => {
  expect(parseTable(text, 'table.csv')).toEqual(rows)
})

it('believes the name of a file that says it is separated by tabs', () => {
  expect(parseTable('a,b\tc', 'x.TSV')).toEqual([['a,b', 'c']])
})

it('sorts numbers by size and words as people do, with what is missing at the end either way', () => {
  const rows = [['10', 'b10'], ['', 'b9'], ['-2.5', ''], ['9', 'a']]
  expect(sortRows(rows, { column: 0, descending: false }).map(([first]) => first)).toEqual(['-2.5', '9', '10', ''])
  expect(sortRows(rows, { column: 0, descending: true }).map(([first]) => first)).toEqual(['10', '9', '-2.5', ''])
  expect(sortRows(rows, { column: 1, descending: false }).map(([, second]) => second)).toEqual(['a', 'b9', 'b10', ''])
})
