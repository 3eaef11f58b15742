import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { t } from '../texts/texts'
import { IconButton } from './Button'
import styles from './Dialog.module.css'

interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** The browser's own modal dialog: it traps focus, closes on Escape and gives focus back. Mount it to open it. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()

  // Closed while it is still in the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])

  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className={styles['content']}>
        <header className={styles['header']}>
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={t.ui.close} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  )
}
