import * as v from 'valibot'
import { ProblemError, problem, readProblem, unreachable } from './problem'

/** A call that resolves to what the schema promises, or throws a ProblemError. */
export async function call<TSchema extends v.GenericSchema>(
  schema: TSchema,
  path: string,
  init: RequestInit = {},
): Promise<v.InferOutput<TSchema>> {
  const response = await send(path, init)
  const body: unknown = await response.json().catch(() => null)
  const parsed = v.safeParse(schema, body)
  if (!parsed.success) {
    throw new ProblemError(problem('The service answered in a way this page does not know', 'Reload the page; it may be older than the service.'))
  }
  return parsed.output
}

/** A call whose body the caller reads; refused answers throw a ProblemError. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(`/api/v1${path}`, { ...init, credentials: 'same-origin' }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error
    throw new ProblemError(unreachable)
  })
  if (!response.ok) throw new ProblemError(await readProblem(response))
  return response
}

export function json(method: 'POST' | 'PUT', body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } }
}
