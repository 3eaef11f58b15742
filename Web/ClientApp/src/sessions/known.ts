import type { Session, SessionContent } from './api'
import { fromContent } from '../drafts/content'
import type { SavedProgram } from '../drafts/workspace'

/** What the server last said it holds: what changes are measured, and merged, against. */
export interface Known {
  version: number
  content: SessionContent
}

const key = (id: string) => `oc.known.${id}`

export function contentOf({ title, language, files, stdin, arguments: list, entryPoint, compilerArguments, languageVersion }: Session): SessionContent {
  return { title, language, files, stdin, arguments: list, entryPoint, compilerArguments, languageVersion }
}

/** The mark in a draft that says which session it is. */
export function toSaved(session: Session): SavedProgram {
  const { id, version, title } = session
  const { files, entryPoint, arguments: line, stdin, compilerArguments, version: languageVersion } = fromContent(session)
  return { id, version, title, files, entryPoint, arguments: line, stdin, compilerArguments, languageVersion }
}

export function remember(session: Session): void {
  const text = JSON.stringify({ version: session.version, content: contentOf(session) } satisfies Known)
  try {
    sessionStorage.setItem(key(session.id), text)
    localStorage.setItem(key(session.id), text)
    forgetOldest()
  } catch {
    // Then two versions cannot be merged, and the person is asked.
  }
}

/** Another tab may know of a later version than this one's draft came from. */
export function recall(id: string, version: number): Known | null {
  for (const storage of [sessionStorage, localStorage]) {
    try {
      // Written by `remember` alone.
      const known = JSON.parse(storage.getItem(key(id)) ?? 'null') as Known | null
      if (known?.version === version) return known
    } catch {
      // Forbidden, or not ours.
    }
  }
  return null
}

export function forget(id: string): void {
  try {
    sessionStorage.removeItem(key(id))
    localStorage.removeItem(key(id))
  } catch {
    // Nothing there to forget.
  }
}

const most = 40

function forgetOldest(): void {
  const keys = Object.keys(localStorage).filter((name) => name.startsWith('oc.known.'))
  for (const name of keys.slice(0, Math.max(0, keys.length - most))) localStorage.removeItem(name)
}

export function isSame(a: SessionContent, b: SessionContent): boolean {
  return fingerprint(a) === fingerprint(b)
}

/** The same program, whatever order its members and files come in. */
export function fingerprint({ title, ...program }: SessionContent): string {
  return JSON.stringify([title, ...programParts(program)])
}

/** The same, whatever it is called. */
export function programParts({ language, files, stdin, arguments: list, entryPoint, compilerArguments, languageVersion }: Omit<SessionContent, 'title'>): unknown[] {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, content }) => [path, content])
  return [language, sorted, stdin ?? '', list, entryPoint, compilerArguments ?? [], languageVersion ?? '']
}
