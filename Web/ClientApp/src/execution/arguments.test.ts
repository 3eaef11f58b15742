import { joinArguments, splitArguments } from './arguments'

it.each([
  ['', []],
  ['  a   b ', ['a', 'b']],
  ['--name "two words" x', ['--name', 'two words', 'x']],
  ["'it'\\''s' ok", ["it's", 'ok']],
  ['a\\ b "say \\"hi\\""', ['a b', 'say "hi"']],
  ['"" x', ['', 'x']],
  ['"never closed', ['never closed']],
])('splits %j as a shell would', (line, expected) => {
  expect(splitArguments(line)).toEqual(expected)
})

it('joins what it can split again', () => {
  const list = ['plain', 'two words', "it's", '', '$HOME', 'a"b', 'back\\slash']
  expect(splitArguments(joinArguments(list))).toEqual(list)
})
