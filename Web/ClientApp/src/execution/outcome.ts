import { t } from '../texts/texts'
import type { ExecutionResult, Outcome, Stage, StageResult } from './frames'

export interface Verdict {
  tone: 'good' | 'bad' | 'neutral'
  /** A few words: "Finished", "Exited with code 3". */
  headline: string
  /** Why, when there is more to say. */
  explanation: string | null
  stage: Stage
  measured: StageResult | null
}

/** What kind of weaker sandbox a program ran in, for the person whose program it is to know; null for the full one. */
export function describeIsolation(isolation: string | null): string | null {
  if (isolation === null || isolation === 'full') return null
  const known = t.outcome.weakerKinds[isolation]
  return known ? t.outcome.weakerBecause(known) : t.outcome.weaker
}

/** Says in words how a run ended. */
export function describe(result: ExecutionResult): Verdict {
  const stage: Stage = result.run ? 'run' : 'compile'
  const measured = result.run ?? result.compile
  const failedToCompile = stage === 'compile' && result.outcome !== 'succeeded' && result.outcome !== 'cancelled'
  const [headline, because] = words(result.outcome, measured, failedToCompile ? t.outcome.compiler : t.outcome.program)
  return {
    stage,
    measured,
    tone: toneOf(result.outcome, measured),
    headline: failedToCompile ? t.outcome.notCompiled : headline,
    explanation: failedToCompile && isLimit(result.outcome) ? headline : because,
  }
}

function toneOf(outcome: Outcome, measured: StageResult | null): Verdict['tone'] {
  if (outcome === 'succeeded') return 'good'
  // Control C is what the person wanted.
  return outcome === 'cancelled' || measured?.signal === 'SIGINT' ? 'neutral' : 'bad'
}

function words(outcome: Outcome, measured: StageResult | null, limits: typeof t.outcome.program): [headline: string, because: string | null] {
  const message = measured?.message || null
  if (outcome === 'succeeded') return [t.outcome.finished, message]
  if (outcome === 'cancelled') return [t.outcome.stopped, message]
  // Who made it exit so, and why, is in what it printed.
  if (outcome === 'nonzeroExit') return [t.outcome.exited(measured?.exitCode ?? '?'), message]
  if (outcome === 'signaled') return [t.outcome.ended(measured?.signal ?? t.outcome.someSignal), message ?? t.outcome.signals[measured?.signal ?? ''] ?? null]
  const { idle, limit, rest } = readLimit(message)
  return [idle ? t.outcome.idle(idle) : limits[outcome](limit), rest || (idle ? null : (t.outcome.advice[outcome] ?? null))]
}

const isLimit = (outcome: Outcome): boolean => outcome in t.outcome.program

/** The service says which limit it was, in English; that is taken out, and what else it says is kept. */
function readLimit(message: string | null): { idle: string | null; limit: string | null; rest: string } {
  const [said = '', idle = null, limit = null] =
    /^.*?(?:nothing was typed for ([\d.]+ s)|limit (?:of|is) ([\d.]+ (?:s|bytes|[KMG]iB))).*?(?:\.(?= |$)|$)/s.exec(message ?? '') ?? []
  return { idle, limit, rest: (message ?? '').slice(said.length).trim() }
}

export function formatTime(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  return ms < 10_000 ? `${(ms / 1000).toFixed(2)} s` : `${(ms / 1000).toFixed(1)} s`
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const mebibytes = bytes / 1024 / 1024
  if (mebibytes < 1) return `${Math.round(bytes / 1024)} KiB`
  return mebibytes < 10 ? `${mebibytes.toFixed(1)} MiB` : `${Math.round(mebibytes)} MiB`
}
