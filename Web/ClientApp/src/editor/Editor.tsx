import { Suspense, lazy } from 'react'
import styles from './CodeEditor.module.css'
import { t } from '../texts/texts'
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
      dir="ltr"
      className={styles['plain']}
      aria-label={t.editor.codeOf(fileName)}
      defaultValue={initialCode}
      spellCheck={false}
      autoCapitalize="off"
      onChange={(event) => onEdit(event.target.value)}
    />
  )
}
