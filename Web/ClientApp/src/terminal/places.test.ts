import { findPlaces } from './places'

const files = ['main.py', 'main.cpp', 'util.h', 'Main.java', 'main.js', 'lib/util.py', 'Program.cs', 'main.rs', 'main.ml', 'main.pas', 'main.php', 'main.sh', 'main.pl', 'main.tcl', 'main.ts', 'main.go', 'Main.hs', 'Program.fs']

it.each([
  ['Python', '  File "/workspace/lib/util.py", line 3, in <module>', 'lib/util.py', 3, 1],
  ['Python, by its own name', '  File "main.py", line 12', 'main.py', 12, 1],
  ['C++', "main.cpp:4:5: error: 'x' was not declared in this scope", 'main.cpp', 4, 5],
  ['an included header', 'In file included from util.h:2,', 'util.h', 2, 1],
  ['Java', '\tat Main.main(Main.java:3)', 'Main.java', 3, 1],
  ['the Java compiler', "Main.java:5: error: ';' expected", 'Main.java', 5, 1],
  ['Node', '    at Object.<anonymous> (/workspace/main.js:2:7)', 'main.js', 2, 7],
  ['Node, of a module', '    at file:///workspace/main.js:8:11', 'main.js', 8, 11],
  ['C#', "Program.cs(4,5): error CS0103: The name 'x' does not exist", 'Program.cs', 4, 5],
  ['.NET at run time', '   at Program.<Main>$(String[] args) in /workspace/Program.cs:line 9', 'Program.cs', 9, 1],
  ['F#', 'Program.fs(2,9): error FS0039', 'Program.fs', 2, 9],
  ['Rust', '  --> main.rs:2:13', 'main.rs', 2, 13],
  ['Rust at run time', "thread 'main' panicked at main.rs:3:5:", 'main.rs', 3, 5],
  ['Go', '\t/workspace/main.go:7 +0x1d', 'main.go', 7, 1],
  ['TypeScript', "main.ts(3,7): error TS2322: Type 'string'", 'main.ts', 3, 7],
  ['OCaml', 'File "main.ml", line 4, characters 2-7:', 'main.ml', 4, 3],
  ['Pascal', 'main.pas(3,12) Error: Identifier not found', 'main.pas', 3, 12],
  ['Haskell', 'Main.hs:3:8: error:', 'Main.hs', 3, 8],
  ['PHP', 'PHP Fatal error:  Uncaught Error in /workspace/main.php:6', 'main.php', 6, 1],
  ['a warning of PHP', 'Warning: Undefined variable $x in /workspace/main.php on line 3', 'main.php', 3, 1],
  ['Bash', './main.sh: line 2: foo: command not found', 'main.sh', 2, 1],
  ['Perl', 'Died at main.pl line 5.', 'main.pl', 5, 1],
  ['Tcl', '    (file "main.tcl" line 7)', 'main.tcl', 7, 1],
])('finds the place that %s names', (_, text, path, line, column) => {
  expect(findPlaces(text, files)).toEqual([expect.objectContaining({ path, line, column })])
})

it('says where in the text it is named, for each', () => {
  const text = 'main.cpp:4:5: note: see util.h:2:1'
  expect(findPlaces(text, files).map(({ start, end }) => text.slice(start, end))).toEqual(['main.cpp:4:5', 'util.h:2:1'])
})

it.each([
  ['a file of the toolchain', '  File "/usr/lib/python3.11/json/decoder.py", line 337'],
  ['one of the toolchain with the same name', '/usr/share/lib/main.js:2:7'],
  ['a time', 'at 12:30:15'],
  ['an address', 'http://localhost:8080'],
  ['no line', 'main.py:0'],
])('takes no notice of %s', (_, text) => {
  expect(findPlaces(text, files)).toEqual([])
})
