import type { Ref } from 'react'
import type { Diagnostic } from '../execution/frames'
import type { FileKind } from './fileKind'

export type EditorCommand = 'left' | 'right' | 'up' | 'down' | 'indent' | 'outdent' | 'undo' | 'redo'

export interface EditorHandle {
  focus(): void
  insert(text: string): void
  command(name: EditorCommand): void
}

export interface EditorProps {
  /** Another id is another document, with its own undo history. */
  documentId: string
  initialCode: string
  kind: FileKind
  fileName: string
  diagnostics: readonly Diagnostic[]
  /** Where to go, once for each such object. */
  place: { line: number; column: number } | null
  onEdit: (code: string) => void
  ref?: Ref<EditorHandle>
}
