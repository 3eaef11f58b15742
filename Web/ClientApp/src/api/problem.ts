import * as v from 'valibot'
import { t } from '../texts/texts'

/** RFC 9457 problem details, as the Gateway sends them. */
export const problemSchema = v.object({
  type: v.optional(v.string(), 'about:blank'),
  title: v.string(),
  status: v.optional(v.number(), 0),
  detail: v.optional(v.nullable(v.string()), null),
  errors: v.optional(v.nullable(v.record(v.string(), v.array(v.string()))), null),
  traceId: v.optional(v.nullable(v.string()), null),
  /** On a 412: the version the server holds. */
  currentVersion: v.optional(v.nullable(v.number()), null),
})

export type Problem = v.InferOutput<typeof problemSchema>

/** What every call of the API throws. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

export function problem(title: string, detail: string | null = null, status = 0): Problem {
  return { type: 'about:blank', title, status, detail, errors: null, traceId: null, currentVersion: null }
}

export function toProblem(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : problem(t.api.somethingWrong, String(error))
}

/** In the language that is spoken when it is read. */
export const unreachable: Problem = {
  ...problem(''),
  get title() {
    return t.api.unreachable
  },
  get detail() {
    return t.api.unreachableDetail
  },
}

/** Reads a refused response; proxies between us and the Gateway may answer with something that is no problem document. */
export async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null)
  const parsed = v.safeParse(problemSchema, body)
  const read = parsed.success ? parsed.output : problem(fallbackTitle(response.status))
  const retryAfterSeconds = Number(response.headers.get('Retry-After'))
  const detail = retryAfterSeconds > 0 && !read.detail
    ? t.api.tryAgainIn(retryAfterSeconds)
    : read.detail
  return { ...read, detail, status: response.status }
}

function fallbackTitle(status: number): string {
  if (status === 429) return t.api.tooMany
  if (status >= 500) return t.api.notReady
  return t.api.refused(status)
}
