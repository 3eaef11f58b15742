import type { Language } from '../languages/languages'

/** What the address of the page asks for. */
export type Link =
  | { kind: 'snapshot'; id: string }
  | { kind: 'language'; name: string }
  | { kind: 'code'; name: string | null; code: string }

/** `/s/<id>` is what somebody shared, `/python` a language, and `#code=…` on either of `/` and `/python` a program. */
export function readLink({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): Link | null {
  const [, snapshot] = /^\/s\/([\w-]+)\/?$/.exec(pathname) ?? []
  if (snapshot) return { kind: 'snapshot', id: snapshot }
  const [, name] = /^\/([^/]+)\/?$/.exec(pathname) ?? []
  const [, code] = /^#code=(.*)$/s.exec(hash) ?? []
  const decodedName = name === undefined ? null : decode(name)
  const decodedCode = code === undefined ? null : decode(code)
  if (decodedCode !== null) return { kind: 'code', name: decodedName, code: decodedCode }
  return decodedName === null ? null : { kind: 'language', name: decodedName }
}

export const snapshotAddress = (id: string, origin = window.location.origin): string => `${origin}/s/${id}`

/** By id, name or alias, as people write them. */
export function findLanguage(languages: readonly Language[], name: string): Language | undefined {
  const wanted = name.toLowerCase()
  return languages.find(({ id }) => id === wanted)
    ?? languages.find((language) => language.name.toLowerCase() === wanted || language.aliases.includes(wanted))
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
