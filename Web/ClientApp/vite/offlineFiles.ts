import type { Plugin, Rolldown } from 'vite'

/** The grammars behind the languages that most people come for; TypeScript shares JavaScript's, C shares C++'s. */
const usualGrammars = ['python', 'javascript', 'java', 'cpp', 'clike', 'shell']

interface Bundle {
  [fileName: string]: Rolldown.OutputChunk | Rolldown.OutputAsset
}

/** Writes `offline-files.json`: what a reload without a network needs first, and what may follow when there is time. */
export function offlineFiles(): Plugin {
  return {
    name: 'offline-files',
    apply: 'build',
    generateBundle(_, bundle) {
      const all = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css|woff2?|svg|png)$/.test(name))
      const first = closure(bundle, all.filter(isNeededFirst(bundle)))
      const source = JSON.stringify({ first: [...first].map(address), rest: all.filter((name) => !first.has(name)).map(address) })
      this.emitFile({ type: 'asset', fileName: 'offline-files.json', source })
    },
  }
}

const address = (fileName: string) => `/${fileName}`

const isNeededFirst = (bundle: Bundle) => (fileName: string): boolean => {
  const file = bundle[fileName]
  if (file?.type !== 'chunk') return false
  return file.isEntry
    || ['CodeEditor', 'Terminal', 'Palette'].includes(file.name)
    || usualGrammars.some((grammar) => fileName.startsWith(`assets/language-${grammar}-`))
}

/** With all that these import at once, and their styles. */
function closure(bundle: Bundle, names: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const queue = [...names]
  for (let name = queue.pop(); name; name = queue.pop()) {
    const file = bundle[name]
    if (seen.has(name) || !file) continue
    seen.add(name)
    if (file.type === 'chunk') queue.push(...file.imports, ...(file.viteMetadata?.importedCss ?? []))
  }
  return seen
}
