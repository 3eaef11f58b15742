import { t } from '../texts/texts'
import styles from './PageAids.module.css'

/** The id by which the terminal's input says how to get out of it. */
export const leaveHintId = 'leave-terminal'

/** Tab belongs to the program while it runs, so the way out is another key, and told. */
export function LeaveHint() {
  return (
    <>
      <span className={styles['leave']} aria-hidden="true">{t.announce.leave}</span>
      <span className="visually-hidden" id={leaveHintId}>{t.announce.leaveRunning}</span>
    </>
  )
}
