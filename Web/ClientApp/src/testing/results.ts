import type { ExecutionResult, StageResult } from '../execution/frames'

export const succeeded: StageResult = {
  outcome: 'succeeded', exitCode: 0, signal: null, truncated: false, wallTimeMs: 6.1, cpuTimeMs: 4.9, memoryPeakBytes: 9_437_184, message: null, diagnostics: [],
}

export function ran(change: Partial<StageResult> = {}): ExecutionResult {
  const run = { ...succeeded, ...change }
  return { type: 'result', language: 'python', version: '3.11.2', outcome: run.outcome, compile: null, run, isolation: null }
}

export function failedToCompile(change: Partial<StageResult> = {}): ExecutionResult {
  const compile: StageResult = { ...succeeded, outcome: 'nonzeroExit', exitCode: 1, ...change }
  return { type: 'result', language: 'cpp', version: '12.2.0', outcome: compile.outcome, compile, run: null, isolation: null }
}
