import { typedLines } from './typed'

it.each([
  ['Ada\r36\r', 'Ada\n36\n'],
  ['Adx\x7fa\r', 'Ada\n'],
  ['😀\x7fok\r', 'ok\n'],
  ['wrong\x15right\r', 'right\n'],
  ['one two\x17three\r', 'one three\n'],
  ['1\r2\r\x04ignored\r', '1\n2\n'],
  ['half\x04more\r', 'halfmore\n'],
  ['a\x1b[D\x1b[C\x1bOAb\r', 'ab\n'],
  ['\x1b[?1;2c\x1b[3;1R\x1b]10;rgb:00/00/00\x07x\r', 'x\n'],
  ['1\rstop\x03', '1\n'],
  ['', ''],
])('makes lines of %j', (keys, lines) => {
  expect(typedLines(keys)).toBe(lines)
})
