import * as v from 'valibot'
import { accepting } from '../api/http'
import { problemSchema } from '../api/problem'
import { wireBytes } from '../api/text'
import type { Given, Schema } from '../api/types'

const outcomeSchema = v.picklist([
  'succeeded',
  'nonzeroExit',
  'signaled',
  'wallTimeLimit',
  'cpuTimeLimit',
  'memoryLimit',
  'outputLimit',
  'workspaceLimit',
  'cancelled',
])

const stageSchema = v.picklist(['compile', 'run'])

const diagnosticSchema = v.object({
  file: v.string(),
  line: v.number(),
  column: v.optional(v.number()),
  severity: v.picklist(['error', 'warning', 'info']),
  message: v.string(),
})

const stageResultSchema = v.object({
  outcome: outcomeSchema,
  exitCode: v.optional(v.nullable(v.number()), null),
  signal: v.optional(v.nullable(v.string()), null),
  truncated: v.optional(v.boolean(), false),
  wallTimeMs: v.number(),
  cpuTimeMs: v.number(),
  memoryPeakBytes: v.number(),
  message: v.optional(v.nullable(v.string()), null),
  diagnostics: v.optional(v.array(diagnosticSchema), []),
})

const executionResultSchema = v.object({
  type: v.literal('result'),
  language: v.string(),
  version: v.optional(v.nullable(v.string()), ''),
  outcome: outcomeSchema,
  compile: v.optional(v.nullable(stageResultSchema), null),
  run: v.optional(v.nullable(stageResultSchema), null),
  /** Only there when the service's operator accepted a weaker sandbox than the full one. */
  isolation: v.optional(v.nullable(v.string()), null),
})

/** What the server says on `/executions/connect`. */
export const serverFrameSchema = accepting<Schema<'ExecutionEvent'>>()(v.variant('type', [
  v.object({ type: v.literal('accepted'), id: v.string() }),
  v.object({ type: v.literal('stage'), stage: stageSchema }),
  v.object({ type: v.literal('output'), stage: stageSchema, stream: v.picklist(['stdout', 'stderr', 'terminal']), data: wireBytes }),
  v.object({ type: v.literal('stageResult'), stage: stageSchema, result: stageResultSchema }),
  v.object({ type: v.literal('artifact'), path: v.string() }),
  executionResultSchema,
  v.object({ type: v.literal('error'), problem: problemSchema }),
]))

export type Outcome = v.InferOutput<typeof outcomeSchema>
export type Stage = v.InferOutput<typeof stageSchema>
/** A place in the program that a compiler or a runtime complained about; lines and columns from 1. */
export type Diagnostic = v.InferOutput<typeof diagnosticSchema>
export type StageResult = v.InferOutput<typeof stageResultSchema>
export type ExecutionResult = v.InferOutput<typeof executionResultSchema>
export type ServerFrame = v.InferOutput<typeof serverFrameSchema>

export interface TerminalSize {
  columns: number
  rows: number
}

export type ProgramRequest = Given<Schema<'ExecutionBody'>, 'language' | 'files' | 'entryPoint' | 'arguments'>

/** What this page says on it. */
export type ClientFrame =
  | { type: 'start'; execution: ProgramRequest; terminal: TerminalSize }
  | { type: 'stdin'; data: string }
  | { type: 'endOfInput' }
  | { type: 'signal'; signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL' }
  | ({ type: 'resize' } & TerminalSize)
