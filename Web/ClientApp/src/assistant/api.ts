import * as v from 'valibot'
import { gateway } from '../api/http'
import { ProblemError, problem, problemSchema } from '../api/problem'
import type { Given, Schema } from '../api/types'
import { readEvents } from '../api/eventStream'
import { locale } from '../texts/choice'
import { t } from '../texts/texts'

export interface AssistanceRequest {
  program: Given<Schema<'ProgramBody'>, 'language' | 'files' | 'entryPoint' | 'arguments'>
  lastRun: Given<Schema<'ExplainBody'>, 'lastRun'>['lastRun']
  question?: string
}

const eventSchemas = {
  text: v.object({ text: v.string() }),
  fixed: v.object({ files: v.array(v.object({ path: v.string(), content: v.string() })) }),
  proof: v.object({ passed: v.boolean() }),
  completion: v.object({ model: v.string() }),
  error: problemSchema,
}

export type AssistanceEvent =
  | ({ type: 'text' } & v.InferOutput<typeof eventSchemas.text>)
  | ({ type: 'fixed' } & v.InferOutput<typeof eventSchemas.fixed>)
  | ({ type: 'proof' } & v.InferOutput<typeof eventSchemas.proof>)
  | ({ type: 'completion' } & v.InferOutput<typeof eventSchemas.completion>)

export type Assistance = 'explain' | 'fix' | 'ask'

/** What the assistant says, as it says it; a refusal is thrown as a ProblemError. */
export async function* assist(kind: Assistance, request: AssistanceRequest, signal: AbortSignal): AsyncGenerator<AssistanceEvent> {
  const body = { ...request, locale: locale() }
  const { data: events } = await gateway.POST(`/api/v1/ai/${kind === 'fix' ? 'fix' : 'explain'}`, { body, signal, parseAs: 'stream' })
  if (!events) return
  for await (const { name, data } of readEvents(events)) {
    if (name === 'error') throw new ProblemError(parse(eventSchemas.error, data))
    else if (name === 'text') yield { type: 'text', ...parse(eventSchemas.text, data) }
    else if (name === 'fixed') yield { type: 'fixed', ...parse(eventSchemas.fixed, data) }
    else if (name === 'proof') yield { type: 'proof', ...parse(eventSchemas.proof, data) }
    else if (name === 'completion') yield { type: 'completion', ...parse(eventSchemas.completion, data) }
  }
}

function parse<TSchema extends v.GenericSchema>(schema: TSchema, data: string): v.InferOutput<TSchema> {
  const parsed = v.safeParse(schema, JSON.parse(data))
  if (!parsed.success) throw new ProblemError(problem(t.assistant.unknownAnswer))
  return parsed.output
}
