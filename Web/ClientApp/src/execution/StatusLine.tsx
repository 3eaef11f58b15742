import { useEffect, useState } from 'react'
import { t } from '../texts/texts'
import { formatBytes, formatTime, describe, describeIsolation } from './outcome'
import { type RunState, isActive } from './runState'
import styles from './StatusLine.module.css'

/** How the run goes, or how it went, in words and numbers. */
export function StatusLine({ run, note }: { run: RunState; note: string | null }) {
  const verdict = run.phase === 'finished' && run.result ? describe(run.result) : null
  const interrupted = run.interrupted && isActive(run)
  const headline = interrupted ? t.run.reconnecting : verdict?.headline ?? (run.phase === 'finished' ? '' : t.outcome.phases[run.phase])
  const tone = verdict?.tone ?? (run.phase === 'refused' ? 'bad' : isActive(run) ? 'busy' : 'neutral')
  const measured = verdict?.measured
  const weaker = run.phase === 'finished' && run.result ? describeIsolation(run.result.isolation) : null

  return (
    <footer className={styles['line']} data-testid="status" data-phase={run.phase} data-interrupted={interrupted} data-tone={tone} aria-label={t.outcome.status}>
      <span className={styles['dot']} aria-hidden="true" />
      {/* Polite, and without the clock: it says each change once. */}
      <span role="status" className={styles['said']}>
        <strong>{headline}</strong>
        {verdict?.explanation && <span className={styles['explanation']}>{verdict.explanation}</span>}
      </span>
      {weaker && (
        <span className={styles['weaker']} title={t.outcome.weakerMeans}>
          {weaker}
        </span>
      )}
      {isActive(run) && <Elapsed since={run.phaseStartedAt} key={`${run.phase} ${run.interrupted}`} />}
      {measured && (
        <dl className={styles['facts']}>
          {measured.exitCode !== null && <Fact name="exit" value={String(measured.exitCode)} />}
          <Fact name="time" value={formatTime(measured.wallTimeMs)} />
          <Fact name="cpu" value={formatTime(measured.cpuTimeMs)} minor />
          <Fact name="memory" value={formatBytes(measured.memoryPeakBytes)} />
        </dl>
      )}
      {note && <span className={styles['note']}>{note}</span>}
    </footer>
  )
}

function Fact({ name, value, minor = false }: { name: keyof typeof t.outcome.facts; value: string; minor?: boolean }) {
  return (
    <div className={styles['fact']} data-minor={minor} title={t.outcome.factsMean[name]}>
      <dt>{t.outcome.facts[name]}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** Seconds in this phase; silent for the first, since most runs are over by then. */
function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(since)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.floor((now - since) / 1000)
  return seconds < 1 ? null : <span className={styles['elapsed']} aria-hidden="true">{t.outcome.seconds(seconds)}</span>
}
