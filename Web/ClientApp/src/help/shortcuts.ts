import { t } from '../texts/texts'
import { commandKey } from '../ui/platform'

interface Shortcut {
  does: string
  /** Each a set of keys pressed together; a comma stands for "then". */
  ways: readonly (readonly string[])[]
}

export interface ShortcutGroup {
  title: string
  rows: readonly Shortcut[]
}

/** The page's own keys, and those of the editor and the terminal that people ask for. */
export function shortcuts(): ShortcutGroup[] {
  const says = t.help
  return [
    {
      title: says.groups.anywhere,
      rows: [
        { does: says.run, ways: [[commandKey, 'Enter']] },
        { does: says.commands, ways: [[commandKey, 'Shift', 'P'], ['F1']] },
        { does: says.saved, ways: [[commandKey, 'S']] },
        { does: says.areas, ways: [['F6']] },
        { does: says.areasBack, ways: [['Shift', 'F6']] },
        { does: says.shortcuts, ways: [['?']] },
      ],
    },
    {
      title: says.groups.editor,
      rows: [
        { does: says.leaveEditor, ways: [['F6'], ['Esc', ',', 'Tab']] },
        { does: says.indent, ways: [['Tab'], ['Shift', 'Tab']] },
        { does: says.comment, ways: [[commandKey, '/']] },
        { does: says.search, ways: [[commandKey, 'F']] },
        { does: says.undo, ways: [[commandKey, 'Z'], [commandKey, 'Y']] },
        { does: says.complete, ways: [['Ctrl', 'Space']] },
        { does: says.moveLine, ways: [['Alt', '↑'], ['Alt', '↓']] },
        { does: says.nextCursor, ways: [[commandKey, 'D']] },
        { does: says.nextProblem, ways: [['F8']] },
      ],
    },
    {
      title: says.groups.terminal,
      rows: [
        { does: says.leaveTerminal, ways: [['F6']] },
        { does: says.interrupt, ways: [['Ctrl', 'C']] },
        { does: says.endInput, ways: [['Ctrl', 'D']] },
      ],
    },
    {
      title: says.groups.lists,
      rows: [
        { does: says.move, ways: [['↑'], ['↓']] },
        { does: says.pick, ways: [['Enter']] },
        { does: says.leave, ways: [['Esc']] },
      ],
    },
  ]
}
