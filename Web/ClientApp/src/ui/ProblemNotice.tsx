import type { ReactNode } from 'react'
import type { Problem } from '../api/problem'
import { t } from '../texts/texts'
import { Icon } from './Icon'
import styles from './ProblemNotice.module.css'

/** A refusal of the service, kindly. */
export function ProblemNotice({ problem, children }: { problem: Problem; children?: ReactNode }) {
  const fields = Object.entries(problem.errors ?? {}).flatMap(([field, messages]) => messages.map((message) => ({ field, message })))
  return (
    <div className={styles['notice']} role="alert">
      <Icon name="error" />
      <div className={styles['text']}>
        <p className={styles['title']}>{problem.title}</p>
        {problem.detail && <p>{problem.detail}</p>}
        {fields.length > 0 && (
          <ul className={styles['fields']}>
            {fields.map(({ field, message }) => <li key={`${field} ${message}`}><code>{field}</code> {message}</li>)}
          </ul>
        )}
        {problem.traceId && problem.status >= 500 && <p className={styles['trace']}>{t.ui.trace(problem.traceId)}</p>}
        {children && <div className={styles['actions']}>{children}</div>}
      </div>
    </div>
  )
}
