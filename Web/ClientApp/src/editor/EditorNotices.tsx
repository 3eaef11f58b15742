import { isWorthKeeping } from '../drafts/draft'
import type { Workspace, WorkspaceState } from '../drafts/workspace'
import { t } from '../texts/texts'
import { Button, IconButton } from '../ui/Button'
import { Icon } from '../ui/Icon'
import styles from './EditorBar.module.css'

interface EditorNoticesProps {
  workspace: Workspace
  state: WorkspaceState
  refusals: readonly string[]
  onDismissRefusals: () => void
}

/** What went away, with a way back, and what could not come. */
export function EditorNotices({ workspace, state: { language, replaced, deleted }, refusals, onDismissRefusals }: EditorNoticesProps) {
  return (
    <>
      {replaced && language && isWorthKeeping(replaced, language) && (
        <div className={styles['notice']} role="status">
          <span>{t.files.putAside}</span>
          <Button small look="outlined" onClick={() => workspace.bringBack()}>
            <Icon name="undo" size={16} /> {t.files.bringBack}
          </Button>
          <IconButton icon="close" label={t.files.forget} onClick={() => workspace.dismissReplaced()} />
        </div>
      )}
      {deleted && (
        <div className={styles['notice']} role="status">
          <span>{t.files.deleted(deleted.file.path)}</span>
          <Button small look="outlined" onClick={() => workspace.restoreFile()}>
            <Icon name="undo" size={16} /> {t.files.undo}
          </Button>
          <IconButton icon="close" label={t.files.keepDeleted} onClick={() => workspace.dismissDeleted()} />
        </div>
      )}
      {refusals.length > 0 && (
        <div className={styles['notice']} data-tone="bad" role="alert">
          <div className={styles['refusals']}>
            <strong>{t.files.notTaken}</strong>
            <ul>{refusals.map((refusal) => <li key={refusal}>{refusal}</li>)}</ul>
          </div>
          <IconButton icon="close" label={t.files.dismiss} onClick={onDismissRefusals} />
        </div>
      )}
    </>
  )
}
