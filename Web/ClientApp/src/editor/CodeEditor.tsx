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
import { EditorState } from '@codemirror/state'
import { type Command, EditorView } from '@codemirror/view'
import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import styles from './CodeEditor.module.css'
import { editorExtensions, modeSlot } from './extensions'
import type { EditorCommand, EditorProps } from './editorProps'
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

/** States of drafts that are not shown, so that undo still works after switching the language and back. */
const kept = new Map<string, EditorState>()

export default function CodeEditor({ documentId, initialCode, mode, fileName, diagnostics, onEdit, ref }: EditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView | null>(null)
  const edit = useRef(onEdit)
  useEffect(() => {
    edit.current = onEdit
  })

  useEffect(() => {
    if (!host.current) return
    const before = kept.get(documentId)
    const state = before?.doc.toString() === initialCode ? before : EditorState.create({
      doc: initialCode,
      extensions: editorExtensions(`Code, ${fileName}`, indentOf(initialCode), (code) => edit.current(code)),
    })
    const made = new EditorView({ state, parent: host.current })
    setView(made)
    return () => {
      kept.set(documentId, made.state)
      made.destroy()
      setView(null)
    }
    // A document starts with its code once; later the editor is the one who knows it.
  }, [documentId])

  useEffect(() => {
    let current = true
    void loadMode(mode, fileName).then((support) => {
      if (current && view) view.dispatch({ effects: modeSlot.reconfigure(support ?? []) })
    })
    return () => {
      current = false
    }
  }, [view, mode, fileName])

  useEffect(() => {
    view?.dispatch(setDiagnostics(view.state, toEditorDiagnostics(view.state.doc, diagnostics, fileName)))
  }, [view, diagnostics, fileName])

  useImperativeHandle(ref, () => ({
    focus: () => view?.focus(),
    insert: (text) => view?.dispatch(view.state.replaceSelection(text), { userEvent: 'input.type', scrollIntoView: true }),
    command: (name) => {
      if (view) commands[name](view)
    },
    goTo: (line, column) => {
      if (!view) return
      const target = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines))
      const anchor = Math.min(target.from + Math.max(column - 1, 0), target.to)
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
      view.focus()
    },
  }), [view])

  return <div className={styles['host']} ref={host} />
}

/** The indentation the code already uses, or four spaces. */
function indentOf(code: string): string {
  if (/^\t/m.test(code)) return '\t'
  const smallest = Array.from(code.matchAll(/^( +)\S/gm), ([, spaces = '']) => spaces.length).sort((a, b) => a - b)[0]
  return smallest === 2 ? '  ' : '    '
}
