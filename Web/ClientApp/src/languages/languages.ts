import { useQuery } from '@tanstack/react-query'
import * as v from 'valibot'
import { gateway, read } from '../api/http'
import { type WireBytes, toText, wireBytes } from '../api/text'

const text = v.pipe(wireBytes, v.transform((value: WireBytes) => toText(value)))

const languageSchema = v.object({
  id: v.string(),
  name: v.string(),
  aliases: v.optional(v.array(v.string()), []),
  extensions: v.optional(v.array(v.string()), []),
  version: v.optional(v.nullable(v.string()), ''),
  versions: v.optional(v.array(v.string()), []),
  installed: v.boolean(),
  installCommand: v.optional(v.nullable(v.string()), ''),
  compiled: v.boolean(),
  editorMode: v.optional(v.nullable(v.string()), ''),
  lineComment: v.optional(v.nullable(v.string()), null),
  blockComment: v.optional(v.nullable(v.object({ start: v.string(), end: v.string() })), null),
  entryPoint: v.string(),
  sample: text,
})

export type Language = v.InferOutput<typeof languageSchema>

const languagesSchema = v.object({ languages: v.array(languageSchema) })

const cacheKey = 'oc.languages'

/** The list changes with deployments only; the one seen last paints the page at once, and offline. */
function cachedLanguages(): Language[] | undefined {
  try {
    const parsed = v.safeParse(languagesSchema, JSON.parse(localStorage.getItem(cacheKey) ?? ''))
    return parsed.success ? parsed.output.languages : undefined
  } catch {
    return undefined
  }
}

export async function fetchLanguages(signal: AbortSignal): Promise<Language[]> {
  const answer = await read(languagesSchema, gateway.GET('/api/v1/languages', { signal }))
  try {
    localStorage.setItem(cacheKey, JSON.stringify(answer))
  } catch {
    // Without a cache the next visit just waits for the answer.
  }
  return answer.languages
}

export function useLanguages() {
  return useQuery({
    queryKey: ['languages'],
    queryFn: ({ signal }) => fetchLanguages(signal),
    initialData: cachedLanguages,
    initialDataUpdatedAt: 0,
  })
}

/** Names a person may type for a language, best matches first. */
export function searchLanguages(languages: readonly Language[], query: string): Language[] {
  const wanted = query.trim().toLowerCase()
  const rank = (language: Language): number => {
    if (wanted === '') return language.installed ? 0 : 4
    const names = [language.name.toLowerCase(), language.id, ...language.aliases, ...language.extensions]
    if (names.includes(wanted) || names.includes(`.${wanted}`)) return 0
    if (names.some((name) => name.startsWith(wanted))) return 1
    if (names.some((name) => name.includes(wanted))) return 2
    return Infinity
  }
  return languages
    .map((language) => ({ language, rank: rank(language) }))
    .filter((entry) => entry.rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.language.name.localeCompare(b.language.name))
    .map((entry) => entry.language)
}
