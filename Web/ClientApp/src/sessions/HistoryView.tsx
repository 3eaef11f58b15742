import { useMutation, useQuery } from '@tanstack/react-query'
import { toProblem } from '../api/problem'
import type { Workspace } from '../drafts/workspace'
import { formatBytes, formatTime } from '../execution/outcome'
import type { Language } from '../languages/languages'
import { t } from '../texts/texts'
import { Button } from '../ui/Button'
import { ProblemNotice } from '../ui/ProblemNotice'
import { type History, type SessionSummary, getHistory, getSession, getVersion } from './api'
import { formatDate } from './dates'
import styles from './HistoryView.module.css'
import type { Keeper } from './keeper'
import { show } from './usePrograms'

interface HistoryViewProps {
  session: SessionSummary
  workspace: Workspace
  languages: readonly Language[]
  keeper: Keeper | null
  onBack: () => void
  onClose: () => void
}

/** What a program was, and how it ran. */
export function HistoryView({ session, workspace, languages, keeper, onBack, onClose }: HistoryViewProps) {
  const history = useQuery({ queryKey: ['sessions', session.id, 'history'], queryFn: ({ signal }) => getHistory(session.id, signal), staleTime: 0 })
  const restore = useMutation({
    mutationFn: async (version: number) => {
      await keeper?.flush()
      return Promise.all([getSession(session.id), getVersion(session.id, version)])
    },
    onSuccess: ([now, earlier]) => {
      // As a change of what it is now: saved as the next version, and nothing after it is lost.
      show(workspace, languages, now, { ...earlier, title: now.title })
      onClose()
    },
  })
  const problem = history.error ?? restore.error

  return (
    <div className={styles['view']}>
      <Button small className={styles['back']} autoFocus onClick={onBack}>{t.sessions.back}</Button>
      {problem && <ProblemNotice problem={toProblem(problem)} />}
      {history.isPending && <p role="status">{t.sessions.looking}</p>}
      {history.data && (
        <>
          <section aria-labelledby="session-versions">
            <h3 id="session-versions">{t.sessions.versions}</h3>
            <ol className={styles['versions']}>
              {history.data.versions.map((version, position) => (
                <li key={version.version}>
                  <span>
                    {t.sessions.versionOf(version.version, formatDate(version.savedAt))}
                    <small>{sizeOf(version.contentBytes)}{position === 0 && ` · ${t.sessions.current}`}</small>
                  </span>
                  {position > 0 && (
                    <Button
                      small
                      look="outlined"
                      disabled={restore.isPending}
                      aria-label={`${t.sessions.restore}: ${t.sessions.versionOf(version.version, formatDate(version.savedAt))}`}
                      onClick={() => restore.mutate(version.version)}
                    >
                      {t.sessions.restore}
                    </Button>
                  )}
                </li>
              ))}
            </ol>
          </section>
          <section aria-labelledby="session-runs">
            <h3 id="session-runs">{t.sessions.runs}</h3>
            {history.data.runs.length === 0 ? <p className={styles['none']}>{t.sessions.noRuns}</p> : <Runs runs={history.data.runs} />}
          </section>
        </>
      )}
    </div>
  )
}

function Runs({ runs }: { runs: History['runs'] }) {
  return (
    <table className={styles['runs']}>
      <thead>
        <tr>
          <th scope="col">{t.sessions.when}</th>
          <th scope="col">{t.sessions.outcome}</th>
          <th scope="col">{t.sessions.time}</th>
          <th scope="col">{t.sessions.memory}</th>
          <th scope="col">{t.sessions.whichVersion}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run, position) => (
          <tr key={`${run.ranAt} ${position}`}>
            <td>{formatDate(run.ranAt)}</td>
            <td data-good={run.outcome === 'succeeded'}>{outcomeOf(run)}</td>
            <td>{formatTime(run.wallTimeMs)}</td>
            <td>{formatBytes(run.memoryPeakBytes)}</td>
            <td>{run.version}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Programs are often smaller than the memory they take. */
const sizeOf = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : formatBytes(bytes))

function outcomeOf({ outcome, exitCode, compileFailed }: History['runs'][number]): string {
  if (compileFailed && outcome === 'nonzeroExit') return t.sessions.compileFailed
  if (outcome === 'nonzeroExit' && exitCode !== null) return t.sessions.exit(exitCode)
  return t.sessions.outcomes[outcome] ?? outcome
}
