import type { Problem } from '../api/problem'
import type { Diagnostic, ExecutionResult, Stage } from './frames'

/** What a run is doing, as far as this page truly knows. */
export type RunPhase =
  | 'idle'
  | 'connecting'
  | 'queued'
  | 'compiling'
  | 'running'
  | 'stopping'
  | 'finished'
  | 'stopped'
  | 'refused'

export interface RunState {
  phase: RunPhase
  /** Milliseconds since the epoch; of the phase, so that people see what takes long. */
  phaseStartedAt: number
  language: string | null
  /** The connection is lost and being made again; the program goes on meanwhile. */
  interrupted: boolean
  result: ExecutionResult | null
  /** Why it was refused, or how the connection was lost. */
  problem: Problem | null
  diagnostics: Diagnostic[]
}

export const idle: RunState = {
  phase: 'idle',
  phaseStartedAt: 0,
  language: null,
  interrupted: false,
  result: null,
  problem: null,
  diagnostics: [],
}

const active: readonly RunPhase[] = ['connecting', 'queued', 'compiling', 'running', 'stopping']

export const isActive = (state: RunState): boolean => active.includes(state.phase)

export const phaseOfStage = (stage: Stage): RunPhase => (stage === 'compile' ? 'compiling' : 'running')
