import { en } from './en'

/** Everything the page says, by the room that says it. Whole sentences, or functions that make them: no other language has our word order. */
export type Texts = typeof en

/**
 * What the page says, in the language of whoever reads it: `t.run.stop`, `t.layout.problems(3)`. Chosen before anything is drawn
 * (`chooseTexts`) and again when the reader asks for another, so read it where it is shown and not while a module loads.
 */
export let t: Texts = en

/** The language of `t`, for `lang` of the page and for numbers and dates. */
export let spoken = 'en'

const others: Record<string, () => Promise<Texts>> = {
  de: async () => (await import('./de')).de,
}

let lastAsked = 0

/** Takes the first language that is wanted and that we have; English if none is, or if its texts do not come. */
export async function chooseTexts(wanted: readonly string[]): Promise<void> {
  const asked = ++lastAsked
  const [language, texts] = await find(wanted)
  // Whoever asked later is answered.
  if (asked !== lastAsked) return
  t = texts
  spoken = language
  document.documentElement.lang = spoken
}

async function find(wanted: readonly string[]): Promise<[language: string, texts: Texts]> {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-', 1)[0] ?? ''
    if (language === 'en') break
    const load = others[language]
    if (!load) continue
    try {
      return [language, await load()]
    } catch {
      // Offline, and never read before: English is there.
      break
    }
  }
  return ['en', en]
}
