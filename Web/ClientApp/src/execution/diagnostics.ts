/** A place in the program that a compiler or a runtime complained about. */
export interface Diagnostic {
  file: string
  /** From 1. */
  line: number
  /** From 1; absent when the tool did not say. */
  column?: number
  severity: 'error' | 'warning' | 'info'
  message: string
}

// Built from a code: a control character in a literal is easy to lose.
const escapeSequences = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g')

const patterns: RegExp[] = [
  // gcc, g++, javac, tsc --pretty: main.cpp:3:5: error: message
  /^(?<file>[^\s:()]+):(?<line>\d+)(?::(?<column>\d+))?(?::| -) (?<severity>fatal error|error|warning|note)(?: [A-Z]+\d+)?: (?<message>.+)$/,
  // csc, tsc: Program.cs(3,5): error CS1002: message
  /^(?<file>[^\s:()]+)\((?<line>\d+),(?<column>\d+)\): (?<severity>error|warning|info) (?<message>.+)$/,
  // bash: main.sh: line 3: message
  /^(?<file>[^\s:()]+): line (?<line>\d+): (?<message>.+)$/,
]

const pythonFrame = /^\s*File "(?<file>[^"]+)", line (?<line>\d+)/
const pythonError = /^(?<message>[A-Za-z_.]*(?:Error|Exception|Interrupt|Exit|Warning)\b.*)$/
const nodeThrow = /^(?<file>\/?[^\s:()]+\.[cm]?[jt]s):(?<line>\d+)$/
const nodeError = /^(?<message>(?:Uncaught )?[A-Za-z]*Error\b.*)$/
// Java and .NET name the error first and the places after it, innermost first.
const uncaught = /^(?:Exception in thread "[^"]*"|Unhandled exception\.) (?<message>.+)$/
const calledFrom = /^\s+at .*(?:\((?<javaFile>[^:()]+\.java):(?<javaLine>\d+)\)| in (?<file>\S+):line (?<line>\d+))$/

/** How many are worth showing; a compiler's later errors mostly follow from its first. */
const maxDiagnostics = 50

/** Finds what `output` says about the files of the program. */
export function findDiagnostics(output: string, files: readonly string[]): Diagnostic[] {
  const found: Diagnostic[] = []
  const own = (file: string) => files.find((name) => file === name || file.endsWith(`/${name}`))
  let pending: { file: string; line: number } | null = null
  let thrown: string | null = null

  const add = (file: string, line: number, rest: Omit<Diagnostic, 'file' | 'line'>) => found.push({ file, line, ...rest })

  for (const raw of output.replace(escapeSequences, '').split(/\r?\n/)) {
    const text = raw.trimEnd()
    const direct = patterns.map((pattern) => pattern.exec(text)?.groups).find(Boolean)
    const directFile = direct && own(direct['file'] ?? '')
    if (direct && directFile) {
      const column = direct['column'] ? { column: Number(direct['column']) } : {}
      add(directFile, Number(direct['line']), { ...column, severity: severityOf(direct['severity']), message: direct['message'] ?? '' })
      continue
    }

    // A traceback names the place first and the error last; the innermost of our own frames wins.
    const frame = (pythonFrame.exec(text) ?? nodeThrow.exec(text))?.groups
    const frameFile = frame && own(frame['file'] ?? '')
    if (frame && frameFile) {
      pending = { file: frameFile, line: Number(frame['line']) }
      continue
    }
    const message = (pythonError.exec(text) ?? nodeError.exec(text))?.groups?.['message']
    if (pending && message) {
      add(pending.file, pending.line, { severity: 'error', message })
      pending = null
      continue
    }

    thrown = uncaught.exec(text)?.groups?.['message'] ?? thrown
    const caller = calledFrom.exec(text)?.groups
    const callerFile = caller && own(caller['file'] ?? caller['javaFile'] ?? '')
    if (thrown && caller && callerFile) {
      add(callerFile, Number(caller['line'] ?? caller['javaLine']), { severity: 'error', message: thrown })
      thrown = null
    }
  }
  return found.slice(0, maxDiagnostics)
}

function severityOf(word: string | undefined): Diagnostic['severity'] {
  if (word === 'warning') return 'warning'
  return word === 'note' || word === 'info' ? 'info' : 'error'
}
