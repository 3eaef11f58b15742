import createClient from 'openapi-fetch'
import * as v from 'valibot'
import { ProblemError, problem, readProblem, unreachable } from './problem'
import { t } from '../texts/texts'
import type { paths } from './schema'

/** The Gateway beside the page, typed by its OpenAPI document: `npm run types`. */
export const gateway = createClient<paths>({
  baseUrl: window.location.origin,
  // In somebody else's page nobody is anybody.
  credentials: /^\/embed(\/|$)/.test(window.location.pathname) ? 'omit' : 'same-origin',
  fetch: (request) =>
    fetch(request).catch((error: unknown) => {
      if (request.signal.aborted) throw error
      throw new ProblemError(unreachable)
    }),
})

gateway.use({
  async onResponse({ response }) {
    if (!response.ok) throw new ProblemError(await readProblem(response))
  },
})

interface Answered<TAnswer> {
  data?: TAnswer
}

/** A schema that takes whatever the document promises; what it makes of that is its own affair. */
type Accepting<TSchema extends v.GenericSchema, TAnswer> = TAnswer extends v.InferInput<TSchema> ? TSchema : never

/** The schema itself, checked by the compiler against what the document promises. */
export const accepting = <TAnswer>() => <TSchema extends v.GenericSchema>(schema: TSchema & Accepting<TSchema, TAnswer>): TSchema => schema

/** A call that resolves to what the schema makes of its answer, or throws a ProblemError. */
export async function read<TSchema extends v.GenericSchema, TAnswer>(
  schema: TSchema & Accepting<TSchema, TAnswer>,
  answer: Promise<Answered<TAnswer>>,
): Promise<v.InferOutput<TSchema>> {
  const { data } = await answer.catch((error: unknown) => {
    // Not JSON at all.
    if (error instanceof SyntaxError) return { data: undefined }
    throw error
  })
  const parsed = v.safeParse(schema, data)
  if (!parsed.success) {
    throw new ProblemError(problem(t.api.unknownAnswer, t.api.unknownAnswerDetail))
  }
  return parsed.output
}
