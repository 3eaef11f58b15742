import { ProblemError } from '../api/problem'

export const statusOf = (error: unknown): number | null => (error instanceof ProblemError ? error.problem.status : null)

/** Nobody is there, or nobody who can serve just now: what failed may succeed later as it is. */
export function isAway(error: unknown): boolean {
  const status = statusOf(error)
  return status !== null && (status === 0 || status === 408 || status === 429 || status >= 500)
}
