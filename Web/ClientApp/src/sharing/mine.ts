import * as v from 'valibot'

const shareSchema = v.object({ id: v.string(), title: v.string(), deleteToken: v.string(), expiresAt: v.nullable(v.string()) })

/** A link that was made here, with what takes it back. */
export type Share = v.InferOutput<typeof shareSchema>

const key = 'oc.shares'
const most = 100

export function myShares(now = Date.now()): Share[] {
  try {
    const parsed = v.safeParse(v.array(shareSchema), JSON.parse(localStorage.getItem(key) ?? '[]'))
    return parsed.success ? parsed.output.filter(({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > now) : []
  } catch {
    return []
  }
}

export const addShare = (share: Share): boolean => store([share, ...myShares()].slice(0, most))

export const removeShare = (deleteToken: string): boolean => store(myShares().filter((share) => share.deleteToken !== deleteToken))

function store(shares: readonly Share[]): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(shares))
    return true
  } catch {
    return false
  }
}
