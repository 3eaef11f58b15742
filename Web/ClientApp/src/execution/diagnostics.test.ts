import { findDiagnostics } from './diagnostics'

const cases: [tool: string, file: string, output: string, expected: object][] = [
  ['g++', 'main.cpp', "main.cpp: In function 'int main()':\nmain.cpp:7:28: error: 'nam' was not declared in this scope", { line: 7, column: 28, severity: 'error', message: "'nam' was not declared in this scope" }],
  ['g++ in colour', 'main.cpp', '\x1b[01m\x1b[Kmain.cpp:2:1:\x1b[m\x1b[K \x1b[01;35m\x1b[Kwarning: \x1b[m\x1b[Kunused', { line: 2, column: 1, severity: 'warning', message: 'unused' }],
  ['javac', 'Main.java', "Main.java:3: error: ';' expected\n        int x = 1\n                 ^\n1 error", { line: 3, severity: 'error', message: "';' expected" }],
  ['tsc', 'main.ts', "main.ts(2,7): error TS2322: Type 'string' is not assignable to type 'number'.", { line: 2, column: 7, severity: 'error' }],
  ['tsc, pretty', 'main.ts', "main.ts:2:7 - error TS2322: Type 'string' is not assignable to type 'number'.", { line: 2, column: 7, severity: 'error' }],
  ['csc', 'Program.cs', 'Program.cs(4,30): error CS1002: ; expected', { line: 4, column: 30, message: 'CS1002: ; expected' }],
  ['csc with the whole path', 'Program.cs', '/workspace/Program.cs(4,30): error CS1002: ; expected', { file: 'Program.cs', line: 4 }],
  ['bash', 'main.sh', 'main.sh: line 3: nope: command not found', { line: 3, severity: 'error', message: 'nope: command not found' }],
  ['python', 'main.py', 'Traceback (most recent call last):\r\n  File "/workspace/main.py", line 9, in <module>\r\n    f()\r\n  File "/workspace/main.py", line 4, in f\r\n    return 1 / 0\r\nZeroDivisionError: division by zero\r\n', { line: 4, message: 'ZeroDivisionError: division by zero' }],
  ['node', 'main.js', '/workspace/main.js:3\n  throw new Error("no")\n  ^\n\nError: no\n    at f (/workspace/main.js:3:9)', { line: 3, message: 'Error: no' }],
  ['java at run time', 'Main.java', 'Exception in thread "main" java.lang.ArithmeticException: / by zero\n\tat Main.divide(Main.java:8)\n\tat Main.main(Main.java:3)', { line: 8, message: 'java.lang.ArithmeticException: / by zero' }],
  ['.NET at run time', 'Program.cs', 'Unhandled exception. System.DivideByZeroException: Attempted to divide by zero.\n   at Program.<Main>$(String[] args) in /workspace/Program.cs:line 2', { line: 2, message: 'System.DivideByZeroException: Attempted to divide by zero.' }],
]

it.each(cases)('finds the place that %s complains about', (_, file, output, expected) => {
  expect(findDiagnostics(output, [file])).toEqual([expect.objectContaining({ file, ...expected })])
})

it('leaves out places in files that are not of the program', () => {
  expect(findDiagnostics('/usr/include/c++/12/vector:100:5: error: no match', ['main.cpp'])).toEqual([])
})

it('finds nothing in ordinary output', () => {
  expect(findDiagnostics('Hello, Ada!\nratio 3:4: fine\nError rates fell.\n', ['main.py'])).toEqual([])
})
