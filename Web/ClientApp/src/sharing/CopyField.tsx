import { useRef, useState } from 'react'
import { t } from '../texts/texts'
import { Button } from '../ui/Button'
import styles from './ShareDialog.module.css'

interface CopyFieldProps {
  label: string
  text: string
  /** Said when it was copied. */
  copied: string
  rows?: number
  autoFocus?: boolean
}

/** Text to take elsewhere. */
export function CopyField({ label, text, copied, rows = 1, autoFocus = false }: CopyFieldProps) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const [done, setDone] = useState(false)
  const Field = rows > 1 ? 'textarea' : 'input'

  const copy = async () => {
    field.current?.select()
    // Browsers have no clipboard for pages without TLS; the selected text can be copied by hand there.
    await navigator.clipboard?.writeText(text).then(() => setDone(true), () => undefined)
  }

  return (
    <div className={styles['row']}>
      <Field
        ref={field}
        className={styles['field']}
        aria-label={label}
        readOnly
        autoFocus={autoFocus}
        value={text}
        {...(rows > 1 && { rows })}
        onFocus={(event: { target: { select(): void } }) => event.target.select()}
      />
      <Button look={rows > 1 ? 'outlined' : 'primary'} onClick={() => void copy()}>{done ? t.sharing.copied : t.sharing.copy}</Button>
      <span className="visually-hidden" role="status">{done && copied}</span>
    </div>
  )
}
