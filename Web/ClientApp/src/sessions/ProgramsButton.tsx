import { t } from '../texts/texts'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { commandKey } from '../ui/platform'
import type { Keeping } from './desk'
import styles from './ProgramsButton.module.css'

/** Opens the saved programs, and says of the one in the editor where it is. */
export function ProgramsButton({ keeping, onClick }: { keeping: Keeping; onClick: () => void }) {
  const words = wordsFor(keeping)
  const isWorrying = ['offline', 'refused', 'conflict'].includes(keeping.phase)
  return (
    <>
      {/* Beside the button, so that each change is said once. */}
      <span className={styles['state']} data-testid="keeping" data-phase={keeping.phase} aria-live="polite">{words}</span>
      <Button
        className={styles['button']}
        aria-label={t.sessions.title}
        aria-keyshortcuts="Control+S Meta+S"
        title={`${[t.sessions.title, words].filter(Boolean).join(': ')} (${commandKey} S)`}
        onClick={onClick}
      >
        <Icon name="folder" />
        <span className={styles['label']}>{t.sessions.title}</span>
        <span className={styles['dot']} data-shown={isWorrying} aria-hidden="true" />
      </Button>
    </>
  )
}

function wordsFor(keeping: Keeping): string | null {
  return keeping.phase === 'nothing' ? null : t.sessions[keeping.phase]
}
