import { type Snapshot, getSnapshot } from './api'
import { readLink } from './link'

let ahead: { id: string; snapshot: Promise<Snapshot> } | null = null

/** Asks for what the address names while the rest of the page still waits for the languages. */
export function fetchAhead(location: Pick<Location, 'pathname' | 'hash'>): void {
  const link = readLink(location)
  if (link?.kind !== 'snapshot') return
  ahead = { id: link.id, snapshot: getSnapshot(link.id, null) }
  // Told where it is opened.
  ahead.snapshot.catch(() => undefined)
}

/** What was asked for ahead, once. */
export function takeAhead(id: string): Promise<Snapshot> | null {
  const taken = ahead?.id === id ? ahead.snapshot : null
  ahead = null
  return taken
}
