import type { Language } from '../languages/languages'
import type { Texts } from '../texts/texts'

export type SampleKind = keyof Texts['samples']

export interface Sample {
  kind: SampleKind
  load: () => Promise<string>
}

/** Programs that are more than a first one, a folder for each language: `samples/python/queens.py`. */
const files = import.meta.glob<string>('../../samples/*/*', { query: '?raw', import: 'default' })

const order: readonly SampleKind[] = ['queens', 'primes', 'picture', 'automaton', 'plot', 'tests']

/** The language's own first program, which every language has, then the others there are. */
export function samplesOf(language: Language): Sample[] {
  const own = Object.entries(files)
    .map(([path, load]) => ({ path: path.replace(/^.*\/samples\//, ''), load }))
    .filter(({ path }) => path.startsWith(`${language.id}/`))
  const further = order.flatMap((kind) => {
    const found = own.find(({ path }) => path.startsWith(`${language.id}/${kind}.`))
    return found ? [{ kind, load: found.load }] : []
  })
  return language.sample === '' ? further : [{ kind: 'first', load: async () => language.sample }, ...further]
}
