import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toProblem } from '../api/problem'
import { toContent } from '../drafts/content'
import type { WorkspaceState } from '../drafts/workspace'
import { embedCode } from '../embed/code'
import { statusOf } from '../sessions/away'
import { formatDate } from '../sessions/dates'
import { recall } from '../sessions/known'
import { titleOf } from '../sessions/title'
import { t } from '../texts/texts'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ProblemNotice } from '../ui/ProblemNotice'
import { type SharedSnapshot, createSnapshot, deleteSnapshot } from './api'
import { CopyField } from './CopyField'
import { snapshotAddress } from './link'
import { type Share, addShare, myShares, removeShare } from './mine'
import styles from './ShareDialog.module.css'

const day = 24 * 60 * 60

/** A link to the program as it is now, made when asked for and taken back when wanted. */
export default function ShareDialog({ state, onClose }: { state: WorkspaceState; onClose: () => void }) {
  const [content] = useState(() => contentOf(state))
  const [seconds, setSeconds] = useState<number | null>(null)
  const [shares, setShares] = useState(() => myShares())
  const share = useMutation({
    mutationFn: () => createSnapshot(content, seconds),
    onSuccess: ({ id, title, deleteToken, expiresAt }) => {
      addShare({ id, title, deleteToken, expiresAt })
      setShares(myShares())
    },
  })
  const takeBack = useTakeBack(() => setShares(myShares()))
  const current = share.data && shares.some(({ deleteToken }) => deleteToken === share.data.deleteToken) ? share.data : null
  const choices: [label: string, seconds: number | null][] = [
    [t.sharing.forGood, null], [t.sharing.forDay, day], [t.sharing.forWeek, 7 * day], [t.sharing.forMonth, 30 * day],
  ]

  return (
    <Dialog title={t.sharing.title} onClose={onClose}>
      <div className={styles['body']}>
        {!current && (
          <form
            className={styles['make']}
            onSubmit={(event) => {
              event.preventDefault()
              share.mutate()
            }}
          >
            <label>
              {t.sharing.keepFor}{' '}
              <select value={String(seconds)} onChange={(event) => setSeconds(event.target.value === 'null' ? null : Number(event.target.value))}>
                {choices.map(([label, value]) => <option key={label} value={String(value)}>{label}</option>)}
              </select>
            </label>
            <Button type="submit" look="primary" autoFocus disabled={share.isPending}>{share.isPending ? t.sharing.making : t.sharing.make}</Button>
          </form>
        )}
        {share.isError && <ProblemNotice problem={toProblem(share.error)} />}
        {takeBack.isError && <ProblemNotice problem={toProblem(takeBack.error)} />}
        {current && <Links shared={current} onTakeBack={() => takeBack.mutate(current)} />}
        <p className={styles['about']} role="status">{takeBack.isSuccess && !current && t.sharing.takenBack}</p>
        <p className={styles['about']}>{t.sharing.about} {!current && t.sharing.nothingYet}</p>
        <Shares shares={shares.filter(({ deleteToken }) => deleteToken !== current?.deleteToken)} onTakeBack={(made) => takeBack.mutate(made)} />
      </div>
    </Dialog>
  )
}

function useTakeBack(onDone: () => void) {
  return useMutation({
    mutationFn: async ({ id, deleteToken }: Pick<Share, 'id' | 'deleteToken'>) => {
      await deleteSnapshot(id, deleteToken).catch((error: unknown) => {
        // It is gone already: just what was wanted.
        if (statusOf(error) !== 404 && statusOf(error) !== 403) throw error
      })
      removeShare(deleteToken)
    },
    onSuccess: onDone,
  })
}

function Links({ shared, onTakeBack }: { shared: SharedSnapshot; onTakeBack: () => void }) {
  return (
    <>
      <CopyField label={t.sharing.link} text={snapshotAddress(shared.id)} copied={t.sharing.linkCopied} autoFocus />
      <details>
        <summary>{t.sharing.embedTitle}</summary>
        <CopyField label={t.sharing.embed} text={embedCode(shared.id)} copied={t.sharing.embedCopied} rows={2} />
      </details>
      <div className={styles['after']}>
        {shared.expiresAt && <span className={styles['about']}>{t.sharing.until(formatDate(shared.expiresAt))}</span>}
        <Button small look="outlined" onClick={onTakeBack}>{t.sharing.takeBack}</Button>
      </div>
    </>
  )
}

function Shares({ shares, onTakeBack }: { shares: readonly Share[]; onTakeBack: (share: Share) => void }) {
  if (shares.length === 0) return null
  return (
    <details>
      <summary>{t.sharing.shared}</summary>
      <ul className={styles['shares']}>
        {shares.map((share) => (
          <li key={share.deleteToken}>
            <span>
              <a href={snapshotAddress(share.id)} target="_blank" rel="noreferrer">{share.title}</a>
              {share.expiresAt && <small>{t.sharing.until(formatDate(share.expiresAt))}</small>}
            </span>
            <Button small aria-label={t.sharing.takeBackOf(share.title)} onClick={() => onTakeBack(share)}>{t.sharing.takeBack}</Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What the editor holds, under its name, with what the editor has no place for. */
function contentOf(state: WorkspaceState) {
  const saved = state.draft?.saved
  const known = saved && recall(saved.id, saved.version)
  const content = { ...known?.content, ...toContent(state, saved?.title ?? '') }
  return saved || !state.language ? content : { ...content, title: titleOf(content, state.language) }
}
