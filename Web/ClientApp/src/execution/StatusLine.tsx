import { useEffect, useState } from 'react'
import { formatBytes, formatTime, describe, describeIsolation } from './outcome'
import { type RunPhase, type RunState, isActive } from './runState'
import styles from './StatusLine.module.css'

const phaseWords: Record<Exclude<RunPhase, 'finished'>, string> = {
  idle: 'Ready',
  connecting: 'Connecting…',
  queued: 'Waiting for a free sandbox…',
  compiling: 'Compiling…',
  running: 'Running…',
  stopping: 'Stopping…',
  stopped: 'Stopped',
  refused: 'Could not run',
}

/** How the run goes, or how it went, in words and numbers. */
export function StatusLine({ run, note }: { run: RunState; note: string | null }) {
  const verdict = run.phase === 'finished' && run.result ? describe(run.result) : null
  const headline = verdict?.headline ?? phaseWords[run.phase as Exclude<RunPhase, 'finished'>] ?? ''
  const tone = verdict?.tone ?? (run.phase === 'refused' ? 'bad' : isActive(run) ? 'busy' : 'neutral')
  const measured = verdict?.measured
  const weaker = run.phase === 'finished' && run.result ? describeIsolation(run.result.isolation) : null

  return (
    <footer className={styles['line']} data-testid="status" data-phase={run.phase} data-tone={tone} aria-label="Run status">
      <span className={styles['dot']} aria-hidden="true" />
      {/* Polite, and without the clock: it says each change once. */}
      <span role="status" className={styles['said']}>
        <strong>{headline}</strong>
        {verdict?.explanation && <span className={styles['explanation']}>{verdict.explanation}</span>}
      </span>
      {weaker && (
        <span className={styles['weaker']} title="The operator of this service accepted a sandbox that promises less than the full one.">
          {weaker}
        </span>
      )}
      {isActive(run) && <Elapsed since={run.phaseStartedAt} key={run.phase} />}
      {measured && (
        <dl className={styles['facts']}>
          {measured.exitCode !== null && <Fact name="exit" value={String(measured.exitCode)} label="Exit code" />}
          <Fact name="time" value={formatTime(measured.wallTimeMs)} label="Wall time" />
          <Fact name="cpu" value={formatTime(measured.cpuTimeMs)} label="CPU time" minor />
          <Fact name="memory" value={formatBytes(measured.memoryPeakBytes)} label="Peak memory" />
        </dl>
      )}
      {note && <span className={styles['note']}>{note}</span>}
    </footer>
  )
}

function Fact({ name, value, label, minor = false }: { name: string; value: string; label: string; minor?: boolean }) {
  return (
    <div className={styles['fact']} data-minor={minor} title={label}>
      <dt>{name}</dt>
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
  return seconds < 1 ? null : <span className={styles['elapsed']} aria-hidden="true">{seconds} s</span>
}
