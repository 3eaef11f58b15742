import type { EditorCommand, EditorHandle } from '../editor/editorProps'
import type { TouchKey } from './KeyRow'

/** What programs are made of and phones hide. */
const symbols = ['(', ')', '{', '}', '[', ']', '=', '"', "'", ';', ':', '<', '>', '/', '\\', '_', '#', '&', '|', '*', '+', '-']

const moves: [label: string, name: string, command: EditorCommand][] = [
  ['Tab', 'Tab, indent', 'indent'],
  ['←', 'Left', 'left'],
  ['→', 'Right', 'right'],
  ['↑', 'Up', 'up'],
  ['↓', 'Down', 'down'],
  ['↶', 'Undo', 'undo'],
  ['↷', 'Redo', 'redo'],
]

export function editorKeys(editor: () => EditorHandle | null): TouchKey[] {
  return [
    ...moves.map(([label, name, command]) => ({ label, name, press: () => editor()?.command(command) })),
    ...symbols.map((symbol) => ({ label: symbol, press: () => editor()?.insert(symbol) })),
  ]
}

/** What a terminal's keyboard sends for the keys that a phone's has not. */
const sequences: [label: string, name: string, sequence: string][] = [
  ['Ctrl C', 'Ctrl C, interrupt', '\x03'],
  ['Ctrl D', 'Ctrl D, end of input', '\x04'],
  ['Tab', 'Tab', '\t'],
  ['Esc', 'Esc, escape', '\x1b'],
  ['↑', 'Up', '\x1b[A'],
  ['↓', 'Down', '\x1b[B'],
  ['←', 'Left', '\x1b[D'],
  ['→', 'Right', '\x1b[C'],
]

export function terminalKeys(send: (data: string) => void): TouchKey[] {
  return sequences.map(([label, name, sequence]) => ({ label, name, press: () => send(sequence) }))
}
