import { toText } from '../api/text'
import type { Diagnostic } from '../execution/frames'
import { ProblemList } from '../execution/ProblemList'
import { t } from '../texts/texts'
import styles from './CaseOutcome.module.css'
import type { Printed } from './judgement'

/** What the compiler said; once, for no test ran. */
export function CompileNotice({ printed, onGoTo }: { printed: Printed; onGoTo: (diagnostic: Diagnostic) => void }) {
  const text = `${toText(printed.stdout)}${toText(printed.stderr)}`
  return (
    <div data-testid="not-compiled">
      <ProblemList title={t.judging.notCompiled} diagnostics={printed.diagnostics} onGoTo={onGoTo} />
      {(printed.diagnostics.length === 0 || text === '') && (
        <div className={styles['outcome']}>
          <p>{[t.judging.notCompiled, printed.message].filter(Boolean).join(': ')}</p>
          {text !== '' && <pre className={styles['output']} tabIndex={0} aria-label={t.judging.errors}>{text}</pre>}
        </div>
      )}
    </div>
  )
}
