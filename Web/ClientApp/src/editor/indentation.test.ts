import { indentOf } from './indentation'

it.each([
  ['Makefile', 'all:\n', 'auto', '\t'],
  ['a Makefile, whatever is wanted', 'all:\n', '2', '\t'],
  ['main.go', '', 'auto', '\t'],
  ['main.js', '', 'auto', '  '],
  ['main.py', '', 'auto', '    '],
  ['main.py', 'if x:\n  y\n', 'auto', '  '],
  ['main.c', 'int f() {\n\treturn 0;\n}\n', 'auto', '\t'],
  ['main.c', '/*\n * text\n */\n', 'auto', '    '],
  ['main.js', '', '8', '        '],
  ['main.js', '', 'tab', '\t'],
] as const)('indents %s (%j, %s) by %j', (name, code, wanted, expected) => {
  expect(indentOf(code, name.startsWith('a Makefile') ? 'src/Makefile' : name, wanted)).toBe(expected)
})
