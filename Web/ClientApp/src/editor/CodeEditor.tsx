import {
  cursorCharLeft,
  cursorCharRight,
  cursorLineDown,
  cursorLineUp,
  indentLess,
  indentMore,
  redo,
  undo,
} from '@codemirror/commands'
import { setDiagnostics } from '@codemirror/lint'
import { EditorState, Prec, type StateEffect } from '@codemirror/state'
import { type Command, EditorView } from '@codemirror/view'
import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useSettings } from '../settings/settings'
import styles from './CodeEditor.module.css'
import { editorExtensions, fileExtensions, keysSlot, listener, listenerSlot, modeExtensions, modeSlot, settingsSlot } from './extensions'
import type { EditorCommand, EditorProps } from './editorProps'
import { loadKeys } from './keys'
import { toEditorDiagnostics } from './marks'
import { loadMode } from './modes'

const commands: Record<EditorCommand, Command> = {
  left: cursorCharLeft,
  right: cursorCharRight,
  up: cursorLineUp,
  down: cursorLineDown,
  indent: indentMore,
  outdent: indentLess,
  undo,
  redo,
}

interface Kept {
  state: EditorState
  scroll: StateEffect<unknown>
}

/** What files that are not shown were like: so that undo, the selection and the place are there again after switching away and back. */
const kept = new Map<string, Kept>()

export default function CodeEditor({ documentId, initialCode, kind, fileName, diagnostics, place, onEdit, ref }: EditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState<{ documentId: string; view: EditorView } | null>(null)
  // While another document takes over, the view before it is there no more.
  const view = shown?.documentId === documentId ? shown.view : null
  const settings = useSettings()
  const { mode, lineComment, blockComment } = kind
  const edit = useRef(onEdit)
  useEffect(() => {
    edit.current = onEdit
  })

  useEffect(() => {
    if (!host.current) return
    const found = kept.get(documentId)
    const before = found?.state.doc.toString() === initialCode ? found : undefined
    const state = before?.state ?? EditorState.create({ doc: initialCode, extensions: editorExtensions() })
    const made = new EditorView({ state, parent: host.current, ...(before && { scrollTo: before.scroll }) })
    made.dispatch({ effects: listenerSlot.reconfigure(listener((code) => edit.current(code))) })
    setShown({ documentId, view: made })
    return () => {
      kept.set(documentId, { state: made.state, scroll: made.scrollSnapshot() })
      made.destroy()
      setShown(null)
    }
    // A document starts with its code once; later the editor is the one who knows it.
  }, [documentId])

  useEffect(() => {
    if (!view) return
    view.dispatch({ effects: settingsSlot.reconfigure(fileExtensions(view.state.doc.toString(), fileName, settings)) })
    view.requestMeasure()
  }, [view, fileName, settings])

  useEffect(() => {
    let current = true
    void loadKeys(settings.keys).then((keys) => {
      if (current) view?.dispatch({ effects: keysSlot.reconfigure(Prec.highest(keys)) })
    })
    return () => {
      current = false
    }
  }, [view, settings.keys])

  useEffect(() => {
    let current = true
    void loadMode(mode, fileName).then((support) => {
      if (current) view?.dispatch({ effects: modeSlot.reconfigure(modeExtensions(support, { mode, lineComment, blockComment })) })
    })
    return () => {
      current = false
    }
  }, [view, fileName, mode, lineComment, blockComment])

  useEffect(() => {
    view?.dispatch(setDiagnostics(view.state, toEditorDiagnostics(view.state.doc, diagnostics, fileName)))
  }, [view, diagnostics, fileName])

  const visited = useRef<typeof place>(null)
  useEffect(() => {
    if (!view || !place || visited.current === place) return
    visited.current = place
    const target = view.state.doc.line(Math.min(Math.max(place.line, 1), view.state.doc.lines))
    // Without a column, where the line's text begins.
    const within = place.column > 1 ? place.column - 1 : target.text.search(/\S|$/)
    const anchor = Math.min(target.from + within, target.to)
    view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
    view.focus()
  }, [view, place])

  useImperativeHandle(ref, () => ({
    focus: () => view?.focus(),
    insert: (text) => view?.dispatch(view.state.replaceSelection(text), { userEvent: 'input.type', scrollIntoView: true }),
    command: (name) => {
      if (view) commands[name](view)
    },
  }), [view])

  const size = settings.fontSize === null ? undefined : ({ '--text-code': `${settings.fontSize}px` } as React.CSSProperties)
  return <div className={styles['host']} ref={host} dir="ltr" style={size} data-keys={settings.keys} />
}
