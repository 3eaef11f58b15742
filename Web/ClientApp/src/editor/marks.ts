import type { Diagnostic as EditorDiagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import { findFile } from '../drafts/files'
import type { Diagnostic } from '../execution/frames'

/** Where in the text the diagnostics of this file are; the text may have changed since it ran. */
export function toEditorDiagnostics(text: Text, diagnostics: readonly Diagnostic[], fileName: string): EditorDiagnostic[] {
  return diagnostics
    .filter((diagnostic) => findFile(diagnostic.file, [fileName]) !== null && diagnostic.line >= 1 && diagnostic.line <= text.lines)
    .map((diagnostic) => {
      const line = text.line(diagnostic.line)
      const indent = line.text.length - line.text.trimStart().length
      const from = diagnostic.column === undefined ? line.from + indent : Math.min(line.from + diagnostic.column - 1, line.to)
      const rest = line.text.slice(from - line.from)
      const word = diagnostic.column === undefined ? rest.trimEnd() : (/^\w+/.exec(rest)?.[0] ?? rest.slice(0, 1))
      return { from, to: from + word.length, severity: diagnostic.severity, message: diagnostic.message }
    })
    .sort((a, b) => a.from - b.from)
}
