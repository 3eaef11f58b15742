import { useState, useSyncExternalStore } from 'react'
import { type Problem, toProblem } from '../api/problem'
import type { Diagnostic, ProgramRequest } from '../execution/frames'
import { t } from '../texts/texts'
import { Button, IconButton } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { ProblemNotice } from '../ui/ProblemNotice'
import { CaseCard } from './CaseCard'
import { CompileNotice } from './CompileNotice'
import { Exchange } from './Exchange'
import styles from './TestsPane.module.css'
import type { CaseBook } from './caseBook'
import { type ComparisonMode, comparisonModes } from './cases'
import { type Judge, isOf, summarize } from './judge'
import { answer } from './judgement'
import { typedLines } from './typed'

interface TestsPaneProps {
  book: CaseBook
  judge: Judge
  program: ProgramRequest
  isInstalled: boolean
  /** The keys that the last run was sent; null before the first. */
  typed: () => string | null
  onGoTo: (diagnostic: Diagnostic) => void
}

/** Cases with what is expected of each, all judged at once. */
export default function TestsPane({ book, judge, program, isInstalled, typed, onGoTo }: TestsPaneProps) {
  const { cases, comparison, stored } = useSyncExternalStore(book.subscribe, book.state)
  const judged = useSyncExternalStore(judge.subscribe, judge.state)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [isExchanging, setExchanging] = useState(false)
  const [note, setNote] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

  const toggle = (id: string) => setOpen(open.has(id) ? new Set([...open].filter((each) => each !== id)) : new Set([...open, id]))
  const add = (content?: Parameters<CaseBook['add']>[0], after?: string) => {
    const id = book.add(content, after)
    setOpen(new Set([...open, id]))
  }

  const runAll = async () => {
    setNote(null)
    await judge.start(program, cases, comparison)
    // Where to look first.
    const failed = cases.find(({ id }) => !['accepted', undefined].includes(judge.state().results.get(id)?.result.verdict))
    if (failed) setOpen((before) => (before.size === 0 ? new Set([failed.id]) : before))
  }

  const addLastRun = async () => {
    const keys = typed()
    setProblem(null)
    setNote(keys === null ? t.judging.nothingRan : null)
    if (keys === null) return
    const input = typedLines(keys)
    try {
      // Once more, as the judge runs it: on a terminal, what is typed stands between what is printed.
      const printed = await answer(program, input, AbortSignal.timeout(60_000))
      const isGood = printed?.outcome === 'succeeded' && typeof printed.stdout === 'string'
      add({ input, expected: isGood ? String(printed.stdout) : '' })
      if (!isGood) setNote(t.judging.ofLastRunFailed)
    } catch (error) {
      setProblem(toProblem(error))
    }
  }

  const refused = judged.problem ?? problem
  const summary = summarize(cases, judged)
  const isOutdated = judged.program !== null && JSON.stringify(judged.program) !== JSON.stringify(program)
  const said = judged.isJudging ? t.judging.running
    : judged.failedToCompile ? t.judging.verdicts.compilationError
      : summary.judged > 0 ? t.judging.summary(summary.passed, summary.all) : ''

  const tone = judged.isJudging ? undefined : judged.failedToCompile ? 'bad' : summary.judged === 0 ? undefined : summary.passed === summary.all ? 'good' : 'bad'

  return (
    <section className={styles['pane']} aria-label={t.layout.tests} data-testid="tests">
      <div className={styles['bar']}>
        {cases.length > 0 && (judged.isJudging
          ? <Button small look="outlined" onClick={() => judge.stop()}><Icon name="stop" size={16} /> {t.judging.stop}</Button>
          : <Button small look="primary" disabled={!isInstalled} onClick={() => void runAll()}><Icon name="play" size={16} /> {t.judging.runAll}</Button>)}
        <p className={styles['said']} role="status" data-tone={tone}>{said}</p>
        <div className={styles['tools']}>
          <Button small onClick={() => add()}><Icon name="plus" size={16} /> {t.judging.add}</Button>
          <Button small disabled={!isInstalled} onClick={() => void addLastRun()}>{t.judging.ofLastRun}</Button>
          <IconButton icon="exchange" label={t.judging.exchange} onClick={() => setExchanging(true)} />
        </div>
      </div>
      <div className={styles['scroll']}>
        {isOutdated && summary.judged > 0 && !judged.isJudging && <p className={styles['note']}>{t.judging.outdated}</p>}
        {!stored && <p className={styles['note']} role="alert">{t.judging.notStored}</p>}
        {note && <p className={styles['note']} role="status">{note}</p>}
        {refused && <ProblemNotice problem={refused} />}
        {judged.failedToCompile && <CompileNotice printed={judged.failedToCompile} onGoTo={onGoTo} />}
        {cases.length === 0 ? (
          <div className={styles['empty']}>
            <p className={styles['lead']}>{t.judging.none}</p>
            <p>{t.judging.explanation}</p>
          </div>
        ) : (
          <>
            <ol className={styles['cases']}>
              {cases.map((each, index) => {
                const known = judged.results.get(each.id)
                return (
                  <CaseCard
                    key={each.id}
                    place={{ index, isFirst: index === 0, isLast: index === cases.length - 1 }}
                    testCase={each}
                    result={known && isOf(known.of, each) ? known.result : null}
                    isWaiting={judged.isJudging && !known}
                    mode={comparison.mode}
                    isOpen={open.has(each.id)}
                    onToggle={() => toggle(each.id)}
                    onEdit={(change) => book.edit(each.id, change)}
                    onDuplicate={() => add({ name: each.name, input: each.input, expected: each.expected }, each.id)}
                    onMove={(by) => book.move(each.id, by)}
                    onRemove={() => book.remove(each.id)}
                    onRun={isInstalled ? () => void judge.start(program, [each], comparison) : null}
                  />
                )
              })}
            </ol>
            <div className={styles['comparison']}>
              <label>
                {t.judging.compareBy}{' '}
                <select value={comparison.mode} onChange={(event) => book.compareBy({ mode: event.target.value as ComparisonMode })}>
                  {comparisonModes.map((mode) => <option key={mode} value={mode}>{t.judging.modes[mode]}</option>)}
                </select>
              </label>
              <label className={styles['check']}>
                <input type="checkbox" disabled={comparison.mode === 'exact'} checked={comparison.ignoreCase && comparison.mode !== 'exact'} onChange={(event) => book.compareBy({ ignoreCase: event.target.checked })} />
                {t.judging.ignoreCase}
              </label>
            </div>
          </>
        )}
      </div>
      {isExchanging && <Exchange book={book} onDone={setNote} onClose={() => setExchanging(false)} />}
    </section>
  )
}
