import { type ReactNode, useRef, useState } from 'react'
import { t } from '../texts/texts'
import styles from './SplitPane.module.css'

const storageKey = 'oc.split'
const usualPercent = 56
const smallestPercent = 25
const largestPercent = 80
const stepPercent = 4

interface SplitPaneProps {
  first: ReactNode
  second: ReactNode
  /** On a phone only one is shown. */
  shown: 'first' | 'second'
}

/** Two panes side by side, on narrow windows one above the other, with a border to drag or to move with the arrows. */
export function SplitPane({ first, second, shown }: SplitPaneProps) {
  const [percent, setPercent] = useState(remembered)
  const root = useRef<HTMLDivElement>(null)

  const move = (wanted: number) => {
    const next = Math.min(largestPercent, Math.max(smallestPercent, Math.round(wanted)))
    setPercent(next)
    try {
      localStorage.setItem(storageKey, String(next))
    } catch {
      // Then it is forgotten with the page.
    }
  }

  const drag = (event: React.PointerEvent) => {
    if (!root.current || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    const area = root.current.getBoundingClientRect()
    const { flexDirection, direction } = getComputedStyle(root.current)
    const across = direction === 'rtl' ? area.right - event.clientX : event.clientX - area.left
    move(100 * (flexDirection === 'column' ? (event.clientY - area.top) / area.height : across / area.width))
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    const right = root.current && getComputedStyle(root.current).direction === 'rtl' ? -stepPercent : stepPercent
    const steps: Record<string, number> = { ArrowLeft: -right, ArrowUp: -stepPercent, ArrowRight: right, ArrowDown: stepPercent }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    move(percent + step)
  }

  return (
    <div className={styles['root']} ref={root} data-shown={shown} style={{ '--split': `${percent}%` } as React.CSSProperties}>
      <div className={styles['first']}>{first}</div>
      <div
        className={styles['separator']}
        role="separator"
        tabIndex={0}
        aria-label={t.layout.editorWidth}
        aria-valuenow={percent}
        aria-valuemin={smallestPercent}
        aria-valuemax={largestPercent}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => move(usualPercent)}
        onKeyDown={onKeyDown}
      />
      <div className={styles['second']}>{second}</div>
    </div>
  )
}

function remembered(): number {
  try {
    const percent = Number(localStorage.getItem(storageKey))
    return percent >= smallestPercent && percent <= largestPercent ? percent : usualPercent
  } catch {
    return usualPercent
  }
}
