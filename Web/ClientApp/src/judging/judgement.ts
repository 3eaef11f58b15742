import * as v from 'valibot'
import { readEvents } from '../api/eventStream'
import { accepting, gateway } from '../api/http'
import { ProblemError, problemSchema } from '../api/problem'
import { wireBytes } from '../api/text'
import type { Schema } from '../api/types'
import { type ProgramRequest, stageResultSchema } from '../execution/frames'
import type { Comparison, TestCase } from './cases'

export const verdicts = [
  'accepted', 'wrongAnswer', 'presentationError', 'timeLimit', 'memoryLimit', 'outputLimit', 'runtimeError', 'compilationError', 'skipped', 'internalError',
] as const
export type Verdict = (typeof verdicts)[number]

const printedSchema = v.object({ ...stageResultSchema.entries, stdout: wireBytes, stderr: wireBytes })

const verdictSchema = accepting<Schema<'TestAnswer'>>()(v.object({ index: v.number(), verdict: v.picklist(verdicts), message: v.nullable(v.string()) }))

// What a run is was checked against the document where frames are.
const testSchema = v.object({ ...verdictSchema.entries, run: v.nullable(printedSchema) })

const compiledSchema = v.object({ part: v.string(), result: printedSchema })

const answeredSchema = v.object({ run: v.nullish(printedSchema, null) })

export type Printed = v.InferOutput<typeof printedSchema>
export type TestResult = v.InferOutput<typeof testSchema>

export type JudgeEvent = { type: 'compiled'; result: Printed } | { type: 'test'; result: TestResult }

/** Judges a program by cases; every verdict as it is found. A refusal is thrown as a ProblemError. */
export async function* judge(program: ProgramRequest, cases: readonly TestCase[], comparison: Comparison, signal: AbortSignal): AsyncGenerator<JudgeEvent> {
  const { arguments: given, collect: _, ...rest } = program
  const tests = cases.map(({ input, expected }) => ({ input, expectedOutput: expected, arguments: given }))
  // Only exact has nothing to ignore.
  const { mode } = comparison
  const body = { program: rest, tests, comparison: mode === 'exact' ? { mode } : { ...comparison } }
  const { data: events } = await gateway.POST('/api/v1/judgements/stream', { body, signal, parseAs: 'stream' })
  if (!events) return
  for await (const { name, data } of readEvents(events)) {
    if (name === 'test') yield { type: 'test', result: v.parse(testSchema, JSON.parse(data)) }
    else if (name === 'compiled') yield { type: 'compiled', result: v.parse(compiledSchema, JSON.parse(data)).result }
    else if (name === 'error') throw new ProblemError(v.parse(problemSchema, JSON.parse(data)))
  }
}

/** Runs the program once without a terminal, as a judge does, to see what it answers. */
export async function answer(program: ProgramRequest, input: string, signal: AbortSignal): Promise<Printed | null> {
  const { data } = await gateway.POST('/api/v1/executions', { body: { ...program, collect: [], stdin: input }, signal })
  return v.parse(answeredSchema, data).run
}
