import type { EditorCommand, EditorHandle } from '../editor/editorProps'
import { t } from '../texts/texts'
import type { TouchKey } from './KeyRow'

/** What programs are made of and phones hide. */
const symbols = ['(', ')', '{', '}', '[', ']', '=', '"', "'", ';', ':', '<', '>', '/', '\\', '_', '#', '&', '|', '*', '+', '-']

const moves: [label: string, command: Exclude<EditorCommand, 'outdent'>][] = [
  ['Tab', 'indent'],
  ['←', 'left'],
  ['→', 'right'],
  ['↑', 'up'],
  ['↓', 'down'],
  ['↶', 'undo'],
  ['↷', 'redo'],
]

export function editorKeys(editor: () => EditorHandle | null): TouchKey[] {
  return [
    ...moves.map(([label, command]) => ({ label, name: t.layout.keyNames[command], press: () => editor()?.command(command) })),
    ...symbols.map((symbol) => ({ label: symbol, press: () => editor()?.insert(symbol) })),
  ]
}

/** What a terminal's keyboard sends for the keys that a phone's has not. */
const sequences: [label: string, name: keyof typeof t.layout.keyNames, sequence: string][] = [
  ['Ctrl C', 'interrupt', '\x03'],
  ['Ctrl D', 'endOfInput', '\x04'],
  ['Tab', 'tab', '\t'],
  ['Esc', 'escape', '\x1b'],
  ['↑', 'up', '\x1b[A'],
  ['↓', 'down', '\x1b[B'],
  ['←', 'left', '\x1b[D'],
  ['→', 'right', '\x1b[C'],
]

export function terminalKeys(send: (data: string) => void): TouchKey[] {
  return sequences.map(([label, name, sequence]) => ({ label, name: t.layout.keyNames[name], press: () => send(sequence) }))
}
