import type { Terminal } from '@xterm/xterm'

/** What is selected and what there is, as text: what the terminal broke to fit its width is one line again. */
export function textOf(terminal: Pick<Terminal, 'buffer' | 'getSelection'>): { selected: string; all: string } {
  const buffer = terminal.buffer.active
  const lines: string[] = []
  for (let at = 0; at < buffer.length; at++) {
    const line = buffer.getLine(at)
    if (!line) continue
    // A line that goes on may end with a space that is meant.
    const text = line.translateToString(!buffer.getLine(at + 1)?.isWrapped)
    if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text
    else lines.push(text)
  }
  return { selected: terminal.getSelection(), all: `${lines.join('\n').trimEnd()}\n` }
}

/** Programs print what they like; only pages are opened, and they do not learn from where. */
export function openLink(address: string): void {
  if (/^https?:\/\//i.test(address)) window.open(address, '_blank', 'noopener,noreferrer')
}

/** Ctrl F finds, Ctrl C copies where something is selected; all else is the program's. */
export function handleKeys(terminal: Pick<Terminal, 'attachCustomKeyEventHandler' | 'hasSelection' | 'getSelection' | 'clearSelection'>, search: () => void): void {
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.type !== 'keydown' || !(event.ctrlKey || event.metaKey) || event.altKey) return true
    const key = event.key.toLowerCase()
    if (key === 'f' && !event.shiftKey) search()
    else if (key === 'c' && (terminal.hasSelection() || event.shiftKey)) {
      void navigator.clipboard?.writeText(terminal.getSelection()).catch(() => {})
      // The next one interrupts the program, as ever.
      terminal.clearSelection()
    } else return true
    event.preventDefault()
    return false
  })
}
