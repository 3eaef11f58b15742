import { createSession, getSession, saveSession, type Session, type SessionContent } from './api'
import { isAway, statusOf } from './away'
import { contentOf, isSame, remember } from './known'
import { merge } from './merge'

/** A program that is not in the editor any more, and that the server has not seen as it is. */
export interface Unsent {
  saved: { id: string; version: number } | null
  base: SessionContent | null
  content: SessionContent
}

const key = 'oc.unsent'
const most = 20

/** Kept in this browser until it is sent; whichever tab is there first sends it. */
export const outbox = {
  list(): Unsent[] {
    try {
      return JSON.parse(localStorage.getItem(key) ?? '[]') as Unsent[]
    } catch {
      return []
    }
  },

  put(unsent: Unsent): void {
    const others = outbox.list().filter((other) => !unsent.saved || other.saved?.id !== unsent.saved.id)
    store([...others, unsent].slice(-most))
  },

  /** It has been sent otherwise. */
  drop(content: SessionContent): void {
    store(outbox.list().filter((other) => other.saved !== null || !isSame(other.content, content)))
  },

  /** Sends all there is; false when the server is away, and it should be tried again. */
  async send(copyTitle: (title: string) => string, sent: (unsent: Unsent, session: Session) => void): Promise<boolean> {
    const locks = (navigator as { locks?: LockManager }).locks
    if (!locks) return sendAll(copyTitle, sent)
    // Without waiting: who has it is sending already.
    return locks.request(key, { ifAvailable: true }, (lock) => (lock ? sendAll(copyTitle, sent) : true))
  },
}

async function sendAll(copyTitle: (title: string) => string, sent: (unsent: Unsent, session: Session) => void): Promise<boolean> {
  for (const unsent of outbox.list()) {
    try {
      const session = await sendOne(unsent, copyTitle)
      remember(session)
      sent(unsent, session)
    } catch (error) {
      if (isAway(error)) return false
      // It will not be taken as it is, now or later. It stays here, where nothing is thrown away.
      continue
    }
    const text = JSON.stringify(unsent)
    store(outbox.list().filter((other) => JSON.stringify(other) !== text))
  }
  return true
}

async function sendOne({ saved, base, content }: Unsent, copyTitle: (title: string) => string): Promise<Session> {
  if (!saved) return createSession(content)
  try {
    return await saveSession(saved.id, saved.version, content)
  } catch (error) {
    if (statusOf(error) === 404) return createSession(content)
    if (statusOf(error) !== 412) throw error
  }
  const theirs = await getSession(saved.id)
  if (isSame(contentOf(theirs), content)) return theirs
  const merged = base && merge(base, content, contentOf(theirs))
  // Nobody looks at it just now who could choose: both stay.
  return merged ? saveSession(theirs.id, theirs.version, merged) : createSession({ ...content, title: copyTitle(content.title) })
}

function store(all: readonly Unsent[]): void {
  try {
    if (all.length === 0) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(all))
  } catch {
    // Storage is full: the draft itself has said so already.
  }
}
