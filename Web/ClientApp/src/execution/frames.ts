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

export const stageResultSchema = v.object({
  outcome: outcomeSchema,
  exitCode: v.optional(v.nullable(v.number()), null),
  signal: v.optional(v.nullable(v.string()), null),
  truncated: v.optional(v.boolean(), false),
  wallTimeMs: v.number(),
  cpuTimeMs: v.number(),
  memoryPeakBytes: v.number(),
  message: v.optional(v.nullable(v.string()), null),
  diagnostics: v.nullish(v.array(diagnosticSchema), []),
})

/** Of a run that can be come back to: how much it has said, and how many of our frames it has taken. */
const counted = { position: v.optional(v.nullable(v.number())), inputs: v.optional(v.nullable(v.number())) }

const executionResultSchema = v.object({
  ...counted,
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
  v.object({
    ...counted,
    type: v.literal('accepted'),
    id: v.string(),
    resume: v.optional(v.nullable(v.object({ token: v.string(), withinMs: v.number() }))),
  }),
  v.object({ ...counted, type: v.literal('resumed'), id: v.string() }),
  v.object({ ...counted, type: v.literal('missed'), bytes: v.number() }),
  v.object({ ...counted, type: v.literal('stopping'), withinMs: v.number() }),
  v.object({ ...counted, type: v.literal('stage'), stage: stageSchema }),
  v.object({ ...counted, type: v.literal('output'), stage: stageSchema, stream: v.picklist(['stdout', 'stderr', 'terminal']), data: wireBytes }),
  v.object({ ...counted, type: v.literal('stageResult'), stage: stageSchema, result: stageResultSchema }),
  v.object({ ...counted, type: v.literal('artifact'), path: v.string(), mediaType: v.string(), content: wireBytes }),
  executionResultSchema,
  v.object({ ...counted, type: v.literal('error'), problem: problemSchema }),
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

export type ProgramRequest = Given<Schema<'ExecutionBody'>, 'language' | 'files' | 'entryPoint' | 'arguments'> & Pick<Schema<'ExecutionBody'>, 'collect'> & {
  version?: string
  compilerArguments?: string[]
  /** Given beforehand: the program reads it, then the end of input, and has no terminal. */
  stdin?: string
}

/** What this page says on it. */
export type ClientFrame =
  | { type: 'start'; execution: ProgramRequest; terminal?: TerminalSize; resumable: boolean }
  | { type: 'resume'; token: string; position: number }
  | { type: 'stdin'; data: string }
  | { type: 'endOfInput' }
  | { type: 'signal'; signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL' }
  | ({ type: 'resize' } & TerminalSize)
