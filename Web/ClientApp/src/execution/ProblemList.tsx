import { Icon } from '../ui/Icon'
import type { Diagnostic } from './frames'
import { t } from '../texts/texts'
import styles from './ProblemList.module.css'

interface ProblemListProps {
  title: string
  diagnostics: readonly Diagnostic[]
  onGoTo: (diagnostic: Diagnostic) => void
}

/** What the compiler or the runtime complained about; each entry leads to its place in the code. */
export function ProblemList({ title, diagnostics, onGoTo }: ProblemListProps) {
  if (diagnostics.length === 0) return null

  return (
    <section className={styles['panel']} aria-label={t.run.problems}>
      <h2 className={styles['heading']}>
        {title} <span className={styles['counts']}>{count(diagnostics)}</span>
      </h2>
      <ul className={styles['list']}>
        {diagnostics.map((diagnostic, index) => (
          <li key={index}>
            <button type="button" className={styles['entry']} data-severity={diagnostic.severity} onClick={() => onGoTo(diagnostic)}>
              <Icon name={diagnostic.severity === 'error' ? 'error' : 'warning'} size={16} />
              <span className={styles['message']}>
                <span className="visually-hidden">{diagnostic.severity}: </span>
                {diagnostic.message}
              </span>
              <span className={styles['place']}>{place(diagnostic)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function count(diagnostics: readonly Diagnostic[]): string {
  const severities = ['error', 'warning', 'info'] as const
  return severities
    .map((severity) => ({ severity, number: diagnostics.filter((diagnostic) => diagnostic.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${number} ${severity === 'info' ? 'note' : severity}${number === 1 ? '' : 's'}`)
    .join(', ')
}

function place({ file, line, column }: Diagnostic): string {
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`
}
