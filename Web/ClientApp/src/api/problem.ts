import * as v from 'valibot'

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
  return error instanceof ProblemError ? error.problem : problem('Something went wrong', String(error))
}

export const unreachable = problem(
  'The service cannot be reached',
  'Your code is safe in this browser. Check the connection and try again.',
)

/** Reads a refused response; proxies between us and the Gateway may answer with something that is no problem document. */
export async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null)
  const parsed = v.safeParse(problemSchema, body)
  const read = parsed.success ? parsed.output : problem(fallbackTitle(response.status))
  const retryAfterSeconds = Number(response.headers.get('Retry-After'))
  const detail = retryAfterSeconds > 0 && !read.detail
    ? `Try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'}.`
    : read.detail
  return { ...read, detail, status: response.status }
}

function fallbackTitle(status: number): string {
  if (status === 429) return 'Too many requests just now'
  if (status >= 500) return 'The service is not ready'
  return `The service refused (${status})`
}
