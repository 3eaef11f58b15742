import type { Ref } from 'react'
import type { Diagnostic } from '../execution/frames'

export type EditorCommand = 'left' | 'right' | 'up' | 'down' | 'indent' | 'outdent' | 'undo' | 'redo'

export interface EditorHandle {
  focus(): void
  insert(text: string): void
  command(name: EditorCommand): void
  /** Line and column from 1. */
  goTo(line: number, column: number): void
}

export interface EditorProps {
  /** Another id is another document, with its own undo history. */
  documentId: string
  initialCode: string
  mode: string
  fileName: string
  diagnostics: readonly Diagnostic[]
  onEdit: (code: string) => void
  ref?: Ref<EditorHandle>
}
