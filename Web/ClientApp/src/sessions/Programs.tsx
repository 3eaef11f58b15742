import { useState, useSyncExternalStore } from 'react'
import { toProblem } from '../api/problem'
import type { Workspace, WorkspaceState } from '../drafts/workspace'
import type { Language } from '../languages/languages'
import { t } from '../texts/texts'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ProblemNotice } from '../ui/ProblemNotice'
import type { SessionSummary } from './api'
import { chooseKeeping, keepChoice, subscribeToChoice } from './choice'
import { HistoryView } from './HistoryView'
import type { Keeper } from './keeper'
import { ProgramRow } from './ProgramRow'
import styles from './Programs.module.css'
import { useCopyProgram, useDeleteProgram, useOpenProgram, useRenameProgram, useSessionList } from './usePrograms'

interface ProgramsProps {
  workspace: Workspace
  state: WorkspaceState
  languages: readonly Language[]
  keeper: Keeper | null
  onClose: () => void
}

/** Everything that is kept: to find, open, name, copy, delete and go back in. */
export default function Programs({ workspace, state, languages, keeper, onClose }: ProgramsProps) {
  const [shown, setShown] = useState<SessionSummary | null>(null)
  return (
    <Dialog title={shown ? t.sessions.history(shown.title) : t.sessions.title} onClose={onClose}>
      {shown
        ? <HistoryView session={shown} workspace={workspace} languages={languages} keeper={keeper} onBack={() => setShown(null)} onClose={onClose} />
        : <ProgramList {...{ workspace, state, languages, keeper, onClose }} onHistory={setShown} />}
    </Dialog>
  )
}

function ProgramList({ workspace, state, languages, keeper, onClose, onHistory }: ProgramsProps & { onHistory: (session: SessionSummary) => void }) {
  const choice = useSyncExternalStore(subscribeToChoice, keepChoice)
  const [query, setQuery] = useState('')
  const list = useSessionList()
  const open = useOpenProgram(workspace, languages, keeper)
  const rename = useRenameProgram(keeper)
  const copy = useCopyProgram()
  const remove = useDeleteProgram(keeper)
  const problem = list.error ?? open.error ?? rename.error ?? copy.error ?? remove.error
  const wanted = query.trim().toLowerCase()
  const there = list.sessions.filter(({ id }) => !remove.isGone(id))
  const nameOf = ({ language }: SessionSummary) => languages.find(({ id }) => id === language)?.name ?? language
  const found = there.filter((session) => wanted === '' || `${session.title} ${nameOf(session)}`.toLowerCase().includes(wanted))
  // Whoever searches wants it found wherever it is.
  if (wanted !== '' && list.hasNextPage && !list.isFetching) void list.fetchNextPage()

  return (
    <>
      <div className={styles['search']}>
        <input
          type="search"
          className={styles['field']}
          aria-label={t.sessions.search}
          placeholder={t.sessions.search}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      <div className={styles['list']}>
        {problem && <ProblemNotice problem={toProblem(problem)} />}
        {list.isPending && <p className={styles['empty']} role="status">{t.sessions.looking}</p>}
        {list.isSuccess && there.length === 0 && (
          <p className={styles['empty']}>{choice === 'server' ? t.sessions.empty : t.sessions.emptyHere}</p>
        )}
        {there.length > 0 && found.length === 0 && !list.isFetching && <p className={styles['empty']} role="status">{t.sessions.nothingFound(query.trim())}</p>}
        <ul>
          {found.map((session) => (
            <ProgramRow
              key={session.id}
              session={session}
              language={nameOf(session)}
              canOpen={languages.some(({ id }) => id === session.language)}
              current={state.draft?.saved?.id === session.id}
              onOpen={() => open.mutate(session.id, { onSuccess: onClose })}
              onRename={(title) => rename.mutate({ id: session.id, title })}
              onCopy={() => copy.mutate({ id: session.id, title: t.sessions.copyOf(session.title) })}
              onHistory={() => onHistory(session)}
              onDelete={() => remove.remove(session)}
            />
          ))}
        </ul>
        {list.hasNextPage && wanted === '' && (
          <Button className={styles['more']} disabled={list.isFetching} onClick={() => void list.fetchNextPage()}>{t.sessions.more}</Button>
        )}
      </div>
      <div className={styles['undo']} role="status">
        {remove.deleted && (
          <>
            <span>{t.sessions.removed(remove.deleted.title)}</span>
            <Button small look="outlined" onClick={remove.undo}>{t.sessions.undo}</Button>
          </>
        )}
      </div>
      <label className={styles['setting']}>
        <input type="checkbox" checked={choice === 'server'} onChange={(event) => chooseKeeping(event.target.checked ? 'server' : 'browser')} />
        <span>{t.sessions.keepSetting}<small>{t.sessions.keepSettingDetail}</small></span>
      </label>
    </>
  )
}
