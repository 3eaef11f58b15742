import type { ExecutionResult, Outcome, Stage, StageResult } from './frames'

const signals: Record<string, string> = {
  SIGSEGV: 'it touched memory that is not its own',
  SIGABRT: 'it gave up (abort)',
  SIGFPE: 'an impossible calculation, such as a division by zero',
  SIGILL: 'an illegal instruction',
  SIGBUS: 'a bad memory access',
  SIGINT: 'interrupted from the keyboard',
  SIGKILL: 'killed',
  SIGTERM: 'asked to stop',
}

const limits: Partial<Record<Outcome, string>> = {
  wallTimeLimit: 'Time limit reached',
  cpuTimeLimit: 'CPU time limit reached',
  memoryLimit: 'Memory limit reached',
  outputLimit: 'Output limit reached',
  workspaceLimit: 'Disk limit reached',
  cancelled: 'Stopped',
}

export interface Verdict {
  tone: 'good' | 'bad' | 'neutral'
  /** A few words: "Finished", "Exited with code 3". */
  headline: string
  /** Why, when there is more to say. */
  explanation: string | null
  stage: Stage
  measured: StageResult | null
}

const weakerSandboxes: Record<string, string> = {
  withoutCgroups: 'limits of single processes only',
  process: 'no namespaces',
  task: 'a worker of its own, no namespaces',
}

/** What kind of weaker sandbox a program ran in, for the person whose program it is to know; null for the full one. */
export function describeIsolation(isolation: string | null): string | null {
  if (isolation === null || isolation === 'full') return null
  const known = weakerSandboxes[isolation]
  return known ? `Weaker sandbox: ${known}` : 'Weaker sandbox'
}

/** Says in words how a run ended. */
export function describe(result: ExecutionResult): Verdict {
  const stage: Stage = result.run ? 'run' : 'compile'
  const measured = result.run ?? result.compile
  const failedToCompile = stage === 'compile' && result.outcome !== 'succeeded' && result.outcome !== 'cancelled'
  const said = words(result.outcome, measured)
  return {
    stage,
    measured,
    tone: toneOf(result.outcome, measured),
    headline: failedToCompile ? 'Compilation failed' : said,
    explanation: explain(measured, failedToCompile && result.outcome !== 'nonzeroExit' ? said : null),
  }
}

function toneOf(outcome: Outcome, measured: StageResult | null): Verdict['tone'] {
  if (outcome === 'succeeded') return 'good'
  // Control C is what the person wanted.
  return outcome === 'cancelled' || measured?.signal === 'SIGINT' ? 'neutral' : 'bad'
}

function words(outcome: Outcome, measured: StageResult | null): string {
  if (outcome === 'succeeded') return 'Finished'
  if (outcome === 'nonzeroExit') return `Exited with code ${measured?.exitCode ?? '?'}`
  if (outcome === 'signaled') return `Ended by ${measured?.signal ?? 'a signal'}`
  return limits[outcome] ?? 'Ended'
}

function explain(measured: StageResult | null, said: string | null): string | null {
  const known = measured?.signal ? signals[measured.signal] : undefined
  const because = measured?.message || (known ? capital(known) : null)
  return [said, because].filter(Boolean).join(': ') || null
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export function formatTime(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  return ms < 10_000 ? `${(ms / 1000).toFixed(2)} s` : `${(ms / 1000).toFixed(1)} s`
}

export function formatBytes(bytes: number): string {
  const mebibytes = bytes / 1024 / 1024
  if (mebibytes < 1) return `${Math.round(bytes / 1024)} KiB`
  return mebibytes < 10 ? `${mebibytes.toFixed(1)} MiB` : `${Math.round(mebibytes)} MiB`
}
