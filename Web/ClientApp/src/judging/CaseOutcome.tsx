import { useMemo } from 'react'
import { toText } from '../api/text'
import { t } from '../texts/texts'
import { Button } from '../ui/Button'
import styles from './CaseOutcome.module.css'
import type { ComparisonMode } from './cases'
import { type DiffLine, diffLines, visible } from './diff'
import type { Printed, TestResult } from './judgement'

interface CaseOutcomeProps {
  result: TestResult
  expected: string
  mode: ComparisonMode
  onTakeOutput: (expected: string) => void
}

/** The judge's answers hold no more of an output. */
const answeredCharacters = 16 * 1024
const contextLines = 3
const maxShown = 400

/** Why a case failed. */
export function CaseOutcome({ result, expected, mode, onTakeOutput }: CaseOutcomeProps) {
  const { run, verdict, message } = result
  const isDifferent = verdict === 'wrongAnswer' || verdict === 'presentationError'
  return (
    <div className={styles['outcome']}>
      {message && <p>{message}</p>}
      {run && isDifferent && <Difference printed={run} expected={expected} mode={mode} onTakeOutput={onTakeOutput} />}
      {run && !isDifferent && toText(run.stdout) !== '' && <Output title={t.judging.actual} text={toText(run.stdout)} />}
      {run && toText(run.stderr) !== '' && <Output title={t.judging.errors} text={toText(run.stderr)} />}
    </div>
  )
}

function Output({ title, text }: { title: string; text: string }) {
  return (
    <>
      <h4 className={styles['title']}>{title}</h4>
      <pre className={styles['output']} tabIndex={0} aria-label={title}>{text}</pre>
    </>
  )
}

function Difference({ printed, expected, mode, onTakeOutput }: Omit<CaseOutcomeProps, 'result'> & { printed: Printed }) {
  const actual = toText(printed.stdout)
  const isCut = actual.length >= answeredCharacters
  const lines = useMemo(() => shorten(diffLines(isCut ? expected.slice(0, actual.length) : expected, actual, mode)), [expected, actual, mode, isCut])
  return (
    <>
      <div className={styles['head']}>
        <h4 className={styles['title']}>{t.judging.difference}</h4>
        <span className={styles['legend']}><span data-kind="missing">− {t.judging.legendMissing}</span> <span data-kind="unexpected">+ {t.judging.legendUnexpected}</span></span>
      </div>
      {actual === '' && <p>{t.judging.printedNothing}</p>}
      <pre className={styles['diff']} tabIndex={0} aria-label={t.judging.difference} data-testid="difference">
        {lines.map((line, index) => (typeof line === 'number' ? <span key={index} className={styles['gap']}>⋯ {line}</span> : <Line key={index} line={line} />))}
      </pre>
      {isCut && <p className={styles['cut']}>{t.judging.cut}</p>}
      {!isCut && <Button small look="outlined" onClick={() => onTakeOutput(actual)}>{t.judging.takeOutput}</Button>}
    </>
  )
}

const signs = { same: ' ', missing: '−', unexpected: '+' }

function Line({ line: { kind, text, showsWhiteSpace } }: { line: DiffLine }) {
  return (
    <span className={styles['line']} data-kind={kind}>
      <span aria-hidden="true">{signs[kind]} </span>
      {kind !== 'same' && <span className="visually-hidden">{kind === 'missing' ? t.judging.legendMissing : t.judging.legendUnexpected}: </span>}
      {showsWhiteSpace ? visible(text) : text.replace(/\n$/, '')}
      {'\n'}
    </span>
  )
}

/** Long parts without a difference become the number of their lines, and a difference without end is cut. */
function shorten(lines: readonly DiffLine[]): (DiffLine | number)[] {
  const isNear = lines.map(() => false)
  lines.forEach(({ kind }, index) => {
    if (kind !== 'same') isNear.fill(true, Math.max(0, index - contextLines), index + contextLines + 1)
  })
  const shown: (DiffLine | number)[] = []
  lines.forEach((line, index) => {
    const last = shown.at(-1)
    if (isNear[index] && shown.length < maxShown) shown.push(line)
    else if (typeof last === 'number') shown[shown.length - 1] = last + 1
    else shown.push(1)
  })
  return shown
}
