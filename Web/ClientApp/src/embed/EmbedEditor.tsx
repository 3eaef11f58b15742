import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { editorExtensions, fileExtensions, listener, listenerSlot, modeExtensions, modeSlot, settingsSlot } from '../editor/extensions'
import type { FileKind } from '../editor/fileKind'
import { loadMode } from '../editor/modes'
import { usualSettings } from '../settings/settings'
import styles from './Embed.module.css'

interface EmbedEditorProps {
  path: string
  code: string
  kind: FileKind
  readOnly: boolean
  lineNumbers: boolean
  onEdit: (code: string) => void
}

export default function EmbedEditor({ path, code, kind, readOnly, lineNumbers, onEdit }: EmbedEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const { mode, lineComment, blockComment } = kind
  const edit = useRef(onEdit)
  useEffect(() => {
    edit.current = onEdit
  })

  useEffect(() => {
    if (!host.current) return
    const locked = readOnly ? [EditorState.readOnly.of(true)] : []
    const view = new EditorView({
      parent: host.current,
      doc: code,
      extensions: [editorExtensions(), locked],
    })
    view.dispatch({
      effects: [
        settingsSlot.reconfigure(fileExtensions(code, path, usualSettings)),
        listenerSlot.reconfigure(listener((changed) => edit.current(changed))),
      ],
    })
    let current = true
    void loadMode(mode, path).then((support) => {
      if (current) view.dispatch({ effects: modeSlot.reconfigure(modeExtensions(support, { mode, lineComment, blockComment })) })
    })
    return () => {
      current = false
      view.destroy()
    }
    // A file starts with its code once; later the editor is the one who knows it.
  }, [path, mode, lineComment, blockComment, readOnly])

  return <div className={styles['editor']} data-lines={lineNumbers} ref={host} />
}
