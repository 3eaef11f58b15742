import { useId, useState } from 'react'
import { type Workspace, type WorkspaceState, isModified, isWorthKeeping } from '../drafts/workspace'
import { Button, IconButton } from '../ui/Button'
import { Icon } from '../ui/Icon'
import styles from './EditorBar.module.css'

/** The file's name, the program's arguments, and a way back from replaced code. */
export function EditorBar({ workspace, state }: { workspace: Workspace; state: WorkspaceState }) {
  const { language, draft, replaced } = state
  const id = useId()
  const [opened, setOpened] = useState(false)
  if (!language || !draft) return null

  const showArguments = opened || draft.arguments !== ''
  const isSample = !draft.saved && draft.code === language.sample

  return (
    <div className={styles['bar']}>
      <div className={styles['row']}>
        <span className={styles['file']}>{language.entryPoint}</span>
        {draft.saved && (
          <span className={styles['saved']} title={isModified(draft) ? 'Changed since it was saved' : 'Saved'}>
            {draft.saved.title}{isModified(draft) && <span aria-label="changed since it was saved"> •</span>}
          </span>
        )}
        <span className={styles['space']} />
        {!isSample && language.sample !== '' && (
          <Button small onClick={() => workspace.replace(language, { code: language.sample, arguments: '', saved: null })}>
            Sample
          </Button>
        )}
        <Button small aria-expanded={showArguments} aria-controls={id} disabled={draft.arguments !== ''} onClick={() => setOpened(!opened)}>
          Arguments
          <Icon name="chevron" size={14} />
        </Button>
      </div>
      {showArguments && (
        <div className={styles['arguments']} id={id}>
          <label htmlFor={`${id}-line`}>Arguments</label>
          <input
            id={`${id}-line`}
            autoFocus={opened}
            placeholder={'e.g. --count 3 "two words"'}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={draft.arguments}
            onChange={(event) => workspace.edit({ arguments: event.target.value })}
          />
        </div>
      )}
      {replaced && isWorthKeeping(replaced, language) && (
        <div className={styles['replaced']} role="status">
          <span>Your earlier code was put aside.</span>
          <Button small look="outlined" onClick={() => workspace.bringBack()}>
            <Icon name="undo" size={16} /> Bring it back
          </Button>
          <IconButton icon="close" label="Forget the earlier code" onClick={() => workspace.dismissReplaced()} />
        </div>
      )}
    </div>
  )
}
