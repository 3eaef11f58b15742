import { useState } from 'react'
import { toProblem } from '../api/problem'
import { type Workspace, type WorkspaceState, isModified } from '../drafts/workspace'
import type { Language } from '../languages/languages'
import { Button, IconButton } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ProblemNotice } from '../ui/ProblemNotice'
import type { SessionSummary } from './api'
import styles from './SavedPrograms.module.css'
import { conflictingVersion, useDeleteProgram, useOpenProgram, useSaveProgram, useSessionList } from './useSavedPrograms'

interface SavedProgramsProps {
  workspace: Workspace
  state: WorkspaceState
  languages: readonly Language[]
  onClose: () => void
}

/** Save what is in the editor, and open what was saved. */
export default function SavedPrograms({ workspace, state, languages, onClose }: SavedProgramsProps) {
  const list = useSessionList()
  const open = useOpenProgram(workspace, languages)
  const remove = useDeleteProgram(workspace)
  const problem = list.error ?? open.error ?? remove.error

  return (
    <Dialog title="Saved programs" onClose={onClose}>
      <SaveForm workspace={workspace} state={state} onOpen={(id) => open.mutate(id, { onSuccess: onClose })} />
      <div className={styles['list']}>
        {problem && <ProblemNotice problem={toProblem(problem)} />}
        {list.isPending && <p className={styles['empty']} role="status">Looking for your programs…</p>}
        {list.isSuccess && list.sessions.length === 0 && (
          <p className={styles['empty']}>Nothing saved yet. What you save stays with this browser for a week after you last used it.</p>
        )}
        <ul>
          {list.sessions.map((session) => (
            <SavedProgram
              key={session.id}
              session={session}
              language={languages.find((language) => language.id === session.language)}
              current={state.draft?.saved?.id === session.id}
              onOpen={() => open.mutate(session.id, { onSuccess: onClose })}
              onDelete={() => remove.mutate(session)}
            />
          ))}
        </ul>
        {list.hasNextPage && <Button className={styles['more']} onClick={() => void list.fetchNextPage()}>Show more</Button>}
      </div>
    </Dialog>
  )
}

interface SavedProgramProps {
  session: SessionSummary
  language: Language | undefined
  current: boolean
  onOpen: () => void
  onDelete: () => void
}

function SavedProgram({ session, language, current, onOpen, onDelete }: SavedProgramProps) {
  const [asking, setAsking] = useState(false)
  const title = session.title || 'Untitled'
  return (
    <li className={styles['item']} data-current={current}>
      <button type="button" className={styles['open']} disabled={!language} onClick={onOpen}>
        <span className={styles['title']}>{title}</span>
        <span className={styles['about']}>
          {language?.name ?? session.language} · {when(session.savedAt)}{current && ' · open now'}
        </span>
      </button>
      {asking
        ? <Button small onClick={onDelete} onBlur={() => setAsking(false)} autoFocus>Delete for good</Button>
        : <IconButton icon="trash" label={`Delete ${title}`} onClick={() => setAsking(true)} />}
    </li>
  )
}

function SaveForm({ workspace, state, onOpen }: { workspace: Workspace; state: WorkspaceState; onOpen: (id: string) => void }) {
  const saved = state.draft?.saved ?? null
  const [title, setTitle] = useState(saved?.title ?? '')
  const save = useSaveProgram(workspace)
  const theirs = conflictingVersion(save.error)
  const name = title.trim() || `${state.language?.name ?? ''} program`.trim()
  const unchanged = saved !== null && state.draft !== null && !isModified(state.draft) && name === saved.title

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ title: name })
      }}
    >
      <div className={styles['row']}>
        <input
          className={styles['field']}
          aria-label="Name of this program"
          placeholder="Name this program"
          value={title}
          maxLength={120}
          onChange={(event) => setTitle(event.target.value)}
        />
        <Button type="submit" look="primary" disabled={save.isPending || unchanged}>
          {save.isPending ? 'Saving…' : unchanged ? 'Saved' : 'Save'}
        </Button>
      </div>
      {theirs !== null && saved
        ? (
          <ProblemNotice problem={{ ...toProblem(save.error), title: 'This program was saved elsewhere meanwhile', detail: 'Nothing is lost: choose which one to keep.', errors: null }}>
            <Button small look="outlined" onClick={() => save.mutate({ title: name, asNew: true })}>Save mine as a new program</Button>
            <Button small look="outlined" onClick={() => save.mutate({ title: name, overVersion: theirs })}>Replace theirs</Button>
            <Button small look="outlined" onClick={() => onOpen(saved.id)}>Open theirs</Button>
          </ProblemNotice>
        )
        : save.error && <ProblemNotice problem={toProblem(save.error)} />}
    </form>
  )
}

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

function when(timestamp: string | null): string {
  if (timestamp === null) return ''
  const date = new Date(timestamp)
  return Number.isNaN(date.getTime()) ? '' : dates.format(date)
}
