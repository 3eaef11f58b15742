import styles from './KeyRow.module.css'

export interface TouchKey {
  label: string
  /** Spoken, where the label is a sign. */
  name?: string
  press: () => void
}

/** The keys that a phone's keyboard lacks. Pressing one keeps the keyboard open, since focus does not move. */
export function KeyRow({ keys, label }: { keys: readonly TouchKey[]; label: string }) {
  return (
    <div className={styles['row']} role="toolbar" aria-label={label}>
      {keys.map((key) => (
        <button
          key={key.label}
          type="button"
          className={styles['key']}
          aria-label={key.name ?? key.label}
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          onClick={key.press}
        >
          {key.label}
        </button>
      ))}
    </div>
  )
}
