import type { Texts } from '../texts'

export const layout: Texts['layout'] = {
  view: 'Ansicht',
  code: 'Code',
  terminal: 'Terminal',
  pictures: 'Bilder',
  files: 'Dateien',
  tests: 'Tests',
  output: 'Was herauskommt',
  passed: (passed, all) => `${passed} von ${all} Tests bestanden`,
  problems: (count) => (count === 1 ? '1 Problem' : `${count} Probleme`),
  editorWidth: 'Breite des Editors',
  editorKeys: 'Tasten für den Editor',
  terminalKeys: 'Tasten für das Terminal',
  keyNames: {
    indent: 'Tab, einrücken',
    left: 'Links',
    right: 'Rechts',
    up: 'Hoch',
    down: 'Runter',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    tab: 'Tab',
    escape: 'Esc, abbrechen',
    interrupt: 'Ctrl C, unterbrechen',
    endOfInput: 'Ctrl D, Ende der Eingabe',
  },
}
