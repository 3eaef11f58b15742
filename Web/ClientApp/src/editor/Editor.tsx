import { Suspense, lazy } from 'react'
import styles from './CodeEditor.module.css'
import type { EditorProps } from './editorProps'

const CodeEditor = lazy(() => import('./CodeEditor'))

/** The code can be read, and edited, before the editor has arrived. */
export function Editor(props: EditorProps) {
  return (
    <Suspense fallback={<PlainEditor {...props} />}>
      <CodeEditor {...props} />
    </Suspense>
  )
}

function PlainEditor({ documentId, initialCode, fileName, onEdit }: EditorProps) {
  return (
    <textarea
      key={documentId}
      className={styles['plain']}
      aria-label={`Code, ${fileName}`}
      defaultValue={initialCode}
      spellCheck={false}
      autoCapitalize="off"
      onChange={(event) => onEdit(event.target.value)}
    />
  )
}
