import type { Terminal } from '@xterm/xterm'

/** More than any program means within four kilobytes, and little enough to go unnoticed. */
const budgetOfPiece = 8_000

/** Sequences that xterm carries out as often as their number says, up to two billion times. */
const repeating = ['L', 'M', 'S', 'T', 'I', 'Z', 'b'] as const

/** What a program may have left behind that gets in the way of reading, selecting and scrolling; the picture on the screen stays. */
export const settled = [
  '\x1b[?47l', // back from the alternate screen
  '\x1b[?9;1000;1002;1003;1004;1005;1006;1015;2004l', // mouse, focus and pastes are nobody's any more
  '\x1b[?1l\x1b>', // cursor keys and keypad
  '\x1b7\x1b[r\x1b8', // the whole screen scrolls; setting that moves the cursor
  '\x1b(B\x0f\x1b[?7h\x1b[4l', // letters, line wrap, no inserting
].join('')

/** Everything as at the start. In line with what is written, so that nothing of an earlier program comes after it. */
export const reset = '\x1bc'

/** Bounds what one piece of output can make the terminal do. Returns what grants the next piece its share. */
export function guardRepeats(terminal: Pick<Terminal, 'parser'>): () => void {
  let budget = budgetOfPiece
  for (const final of repeating) {
    terminal.parser.registerCsiHandler({ final }, ([count]) => {
      budget -= typeof count === 'number' ? Math.max(1, count) : 1
      // Handled, by doing nothing.
      return budget < 0
    })
  }
  return () => {
    budget = budgetOfPiece
  }
}
