import { Suspense, lazy, useState } from 'react'
import { t } from '../texts/texts'
import { Button } from '../ui/Button'
import { ProblemNotice } from '../ui/ProblemNotice'
import { chooseKeeping } from './choice'
import styles from './KeepNotice.module.css'
import type { Keeping } from './desk'
import type { Keeper } from './keeper'

const Difference = lazy(() => import('./Difference'))

/** What the person must decide: where programs are kept, and which of two versions to go on with. Most of the time nothing. */
export function KeepNotice({ keeper, keeping }: { keeper: Keeper | null; keeping: Keeping }) {
  const [comparing, setComparing] = useState(false)
  if (keeping.phase === 'here' && keeping.asks) {
    return (
      <div className={styles['notice']} role="group" aria-label={t.sessions.askTitle}>
        <p className={styles['text']}><strong>{t.sessions.askTitle}</strong>{t.sessions.askDetail}</p>
        <div className={styles['actions']}>
          <Button small look="primary" onClick={() => chooseKeeping('server')}>{t.sessions.keepThere}</Button>
          <Button small look="outlined" onClick={() => chooseKeeping('browser')}>{t.sessions.keepHere}</Button>
        </div>
      </div>
    )
  }
  if (keeping.phase === 'refused') return <ProblemNotice problem={keeping.problem} />
  if (keeping.phase !== 'conflict' || !keeper) return null

  return (
    <div className={styles['notice']} data-tone="warn" role="alert">
      <p className={styles['text']}><strong>{t.sessions.conflictTitle}</strong>{t.sessions.conflictDetail}</p>
      <div className={styles['actions']}>
        <Button small look="primary" onClick={() => void keeper.keepMineAsCopy()}>{t.sessions.keepMine}</Button>
        <Button small look="outlined" onClick={() => keeper.takeTheirs()}>{t.sessions.takeTheirs}</Button>
        <Button small look="outlined" onClick={() => void keeper.replaceTheirs()}>{t.sessions.replaceTheirs}</Button>
        <Button small onClick={() => setComparing(true)}>{t.sessions.seeDifference}</Button>
      </div>
      {comparing && (
        <Suspense fallback={null}>
          <Difference theirs={keeping.theirs} mine={keeper.current()} onClose={() => setComparing(false)} />
        </Suspense>
      )}
    </div>
  )
}
