import { useState } from 'react'
import { t } from '../texts/texts'
import { IconButton } from '../ui/Button'
import type { SessionSummary } from './api'
import styles from './Programs.module.css'
import { formatDate } from './dates'

interface ProgramRowProps {
  session: SessionSummary
  language: string
  canOpen: boolean
  current: boolean
  onOpen: () => void
  onRename: (title: string) => void
  onCopy: () => void
  onHistory: () => void
  onDelete: () => void
}

export function ProgramRow({ session, language, canOpen, current, onOpen, onRename, onCopy, onHistory, onDelete }: ProgramRowProps) {
  const [naming, setNaming] = useState(false)
  const { title } = session
  return (
    <li className={styles['item']} data-current={current}>
      {naming
        ? (
          <TitleField
            title={title}
            onDone={(name) => {
              setNaming(false)
              if (name !== null && name !== title) onRename(name)
            }}
          />
        )
        : (
          <button type="button" className={styles['open']} disabled={!canOpen} onClick={onOpen}>
            <span className={styles['title']}>{title}</span>
            <span className={styles['about']}>
              <span className={styles['badge']}>{language}</span> {formatDate(session.savedAt)}{current && ` · ${t.sessions.openNow}`}
            </span>
          </button>
        )}
      <div className={styles['tools']}>
        <IconButton icon="pencil" label={t.sessions.rename(title)} onClick={() => setNaming(true)} />
        <IconButton icon="clock" label={t.sessions.history(title)} onClick={onHistory} />
        <IconButton icon="copy" label={t.sessions.duplicate(title)} onClick={onCopy} />
        <IconButton icon="trash" label={t.sessions.remove(title)} onClick={onDelete} />
      </div>
    </li>
  )
}

/** Enter and leaving take the new name, Escape does not. */
function TitleField({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const [name, setName] = useState(title)
  const finish = () => onDone(name.trim() || null)
  return (
    <form
      className={styles['naming']}
      onSubmit={(event) => {
        event.preventDefault()
        finish()
      }}
    >
      <input
        className={styles['field']}
        aria-label={t.sessions.newName}
        autoFocus
        maxLength={120}
        value={name}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setName(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          // It is for the field, not for the dialog around it.
          event.preventDefault()
          event.stopPropagation()
          onDone(null)
        }}
      />
    </form>
  )
}
