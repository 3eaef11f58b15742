/** Why the service refused or failed: problem details as RFC 9457 defines them. */
export interface Problem {
  /** Stable URI of the sort of problem; empty when the server did not say. */
  readonly type: string
  readonly status: number
  readonly title: string
  readonly detail?: string
  /** What is wrong with each field, named as in the request. */
  readonly errors?: Readonly<Record<string, readonly string[]>>
  /** How long to wait before asking again. */
  readonly retryAfterSeconds?: number
  readonly traceId?: string
}

/** The service refused a request, or failed. */
export class OnlineCompilerError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ? `${problem.title} ${problem.detail}` : problem.title)
    this.name = 'OnlineCompilerError'
    this.problem = problem
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Completes what came with what the status says. */
export function problemFrom(body: unknown, status: number, retryAfter?: string | null): Problem {
  const seconds = Number.parseInt(retryAfter ?? '', 10)
  return {
    type: '',
    title: `The server answered with status ${status}.`,
    ...(Number.isNaN(seconds) ? {} : { retryAfterSeconds: seconds }),
    ...(isObject(body) ? body : {}),
    ...(isObject(body) && isObject(body['errors']) ? { errors: fieldsOf(body['errors']) } : {}),
    status,
  }
}

// Interactive runs put this before the names of a request's fields.
function fieldsOf(errors: Record<string, unknown>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(errors).map(([field, messages]) => [field.replace(/^execution\./, ''), messages as readonly string[]]))
}
