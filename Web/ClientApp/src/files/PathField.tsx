import { useEffect, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { DraftFile } from '../drafts/draft'
import { findPathProblem } from '../drafts/files'
import { t } from '../texts/texts'
import styles from './FileTabs.module.css'

interface PathFieldProps {
  label: string
  initial: string
  files: readonly DraftFile[]
  /** The path it has now. */
  own?: string
  onDone: (path: string) => void
  onCancel: () => void
}

/** A file's name being written: Enter takes it, Escape leaves it; leaving the field takes it if it can be taken. */
export function PathField({ label, initial, files, own, onDone, onCancel }: PathFieldProps) {
  const [path, setPath] = useState(initial)
  const [asked, setAsked] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  // Taken or left: a field that goes away loses the focus, too.
  const over = useRef(false)
  const id = useId()
  const problem = findPathProblem(path, files, own)
  // An empty field is not wrong before somebody wants it taken.
  const shown = problem !== null && (asked || problem !== 'empty') ? t.files.path[problem] : null

  useEffect(() => {
    field.current?.focus()
    const name = initial.lastIndexOf('/') + 1
    const extension = initial.lastIndexOf('.')
    field.current?.setSelectionRange(name, extension > name ? extension : initial.length)
  }, [initial])

  const take = (leaving: boolean) => {
    if (over.current) return
    if (problem !== null && !leaving) {
      setAsked(true)
      return
    }
    over.current = true
    if (problem === null) onDone(path)
    else onCancel()
  }

  return (
    <span className={styles['field']}>
      <input
        ref={field}
        aria-label={label}
        aria-invalid={shown !== null}
        aria-describedby={shown === null ? undefined : id}
        value={path}
        size={Math.max(8, path.length + 1)}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        enterKeyHint="done"
        onChange={(event) => setPath(event.target.value)}
        onBlur={() => take(true)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) take(false)
          else if (event.key === 'Escape') {
            over.current = true
            onCancel()
          }
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      {shown !== null && <Message id={id} below={field}>{shown}</Message>}
    </span>
  )
}

/** Outside of the strip of tabs, which cuts off what is larger than itself. */
function Message({ id, below, children }: { id: string; below: React.RefObject<HTMLInputElement | null>; children: string }) {
  const [place, setPlace] = useState<React.CSSProperties>({})
  useEffect(() => {
    const area = below.current?.getBoundingClientRect()
    if (area) setPlace({ insetBlockStart: area.bottom + 6, left: Math.max(8, Math.min(area.left, window.innerWidth - 268)) })
  }, [below])
  return createPortal(<p className={styles['message']} id={id} role="alert" style={place}>{children}</p>, document.body)
}
