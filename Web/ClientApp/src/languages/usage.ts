import * as v from 'valibot'
import type { Language } from './languages'

const storageKey = 'oc.languages.used'
const recentCount = 3
const oftenCount = 8

const usageSchema = v.record(v.string(), v.object({ count: v.number(), last: v.number() }))
type Usage = v.InferOutput<typeof usageSchema>

/** What most people come for, in the order they do; stands in until this browser has habits of its own. */
const core = ['python', 'javascript', 'typescript', 'java', 'c', 'cpp', 'csharp', 'bash']

export interface ByUse {
  /** Used last in this browser, the latest first. */
  recent: Language[]
  /** Used most in this browser, then the core ones. */
  often: Language[]
  others: Language[]
  missing: Language[]
}

/** Counts a use: a program in this language was run, or it was picked. Stays in this browser. */
export function countUse(languageId: string, now = Date.now()): void {
  const usage = read()
  const count = (usage[languageId]?.count ?? 0) + 1
  try {
    localStorage.setItem(storageKey, JSON.stringify({ ...usage, [languageId]: { count, last: now } }))
  } catch {
    // Then the list keeps its usual order.
  }
}

/** Each language once, in the first group that wants it. */
export function byUse(languages: readonly Language[]): ByUse {
  const usage = read()
  const installed = languages.filter((language) => language.installed)
  const recent = installed
    .filter(({ id }) => usage[id])
    .sort((a, b) => (usage[b.id]?.last ?? 0) - (usage[a.id]?.last ?? 0))
    .slice(0, recentCount)
  const weight = ({ id }: Language) => usage[id]?.count ?? 0
  const coreRank = ({ id }: Language) => (core.includes(id) ? core.indexOf(id) : core.length)
  const often = installed
    .filter((language) => !recent.includes(language) && (weight(language) > 0 || core.includes(language.id)))
    .sort((a, b) => weight(b) - weight(a) || coreRank(a) - coreRank(b))
    .slice(0, oftenCount)
  return {
    recent,
    often,
    others: byName(installed.filter((language) => !recent.includes(language) && !often.includes(language))),
    missing: byName(languages.filter((language) => !language.installed)),
  }
}

const byName = (languages: Language[]) => languages.sort((a, b) => a.name.localeCompare(b.name))

function read(): Usage {
  try {
    const parsed = v.safeParse(usageSchema, JSON.parse(localStorage.getItem(storageKey) ?? ''))
    return parsed.success ? parsed.output : {}
  } catch {
    return {}
  }
}
