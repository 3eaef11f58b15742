/** What the handler needs of xterm. */
interface Scrollable {
  readonly rows: number
  scrollLines(amount: number): void
}

/**
 * Scrolls the terminal with a finger. xterm 6.0 lost touch scrolling (xterm.js #5489); drop this when 6.1, which has it
 * back, is released.
 */
export function addTouchScroll(terminal: Scrollable, host: HTMLElement): () => void {
  let lastY: number | null = null
  let rest = 0

  const start = (event: TouchEvent) => {
    lastY = event.touches.length === 1 ? (event.touches[0]?.clientY ?? null) : null
    rest = 0
  }
  const move = (event: TouchEvent) => {
    const y = event.touches[0]?.clientY
    if (lastY === null || y === undefined) return
    const rowHeight = host.clientHeight / terminal.rows || 17
    rest += lastY - y
    lastY = y
    const lines = Math.trunc(rest / rowHeight)
    if (lines === 0) return
    rest -= lines * rowHeight
    terminal.scrollLines(lines)
    event.preventDefault()
  }
  const end = () => {
    lastY = null
  }

  host.addEventListener('touchstart', start, { passive: true })
  host.addEventListener('touchmove', move, { passive: false })
  host.addEventListener('touchend', end, { passive: true })
  host.addEventListener('touchcancel', end, { passive: true })
  return () => {
    host.removeEventListener('touchstart', start)
    host.removeEventListener('touchmove', move)
    host.removeEventListener('touchend', end)
    host.removeEventListener('touchcancel', end)
  }
}
