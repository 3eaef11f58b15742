import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { IconButton } from './Button'
import { Icon, type IconName } from './Icon'
import styles from './Menu.module.css'

export interface MenuItem {
  icon: IconName
  label: string
  /** The key that does the same. */
  keys?: string
  disabled?: boolean
  onChoose: () => void
}

/** A button that opens a list of commands: arrows, Home and End move in it, Escape closes it. */
export function Menu({ icon, label, items }: { icon: IconName; label: string; items: readonly MenuItem[] }) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()

  useEffect(() => {
    if (!open) return
    entries(list.current)[0]?.focus()
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', closeOutside, { capture: true })
    return () => document.removeEventListener('pointerdown', closeOutside, { capture: true })
  }, [open])

  const close = () => {
    setOpen(false)
    root.current?.querySelector('button')?.focus()
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    const all = entries(list.current)
    const at = all.findIndex((entry) => entry === document.activeElement)
    const next: Record<string, number> = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }
    const to = next[event.key]
    if (event.key === 'Escape') close()
    else if (event.key === 'Tab') setOpen(false)
    else if (to !== undefined) all[to]?.focus()
    if (event.key === 'Escape' || to !== undefined) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  return (
    <div className={styles['root']} ref={root}>
      <IconButton icon={icon} label={label} aria-haspopup="menu" aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)} />
      {open && (
        <div className={styles['list']} id={id} role="menu" aria-label={label} ref={list} onKeyDown={onKeyDown}>
          {items.map((item) => (
            <Entry key={item.label} item={item} onChoose={() => { close(); item.onChoose() }}>{item.label}</Entry>
          ))}
        </div>
      )}
    </div>
  )
}

function Entry({ item: { icon, keys, disabled = false }, onChoose, children }: { item: MenuItem; onChoose: () => void; children: ReactNode }) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} className={styles['item']} aria-disabled={disabled} onClick={disabled ? undefined : onChoose}>
      <Icon name={icon} size={16} />
      <span className={styles['label']}>{children}</span>
      {keys && <kbd className={styles['keys']} aria-hidden="true">{keys}</kbd>}
    </button>
  )
}

const entries = (list: HTMLElement | null): HTMLElement[] => Array.from(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])
