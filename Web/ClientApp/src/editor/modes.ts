import { LanguageDescription, type LanguageSupport } from '@codemirror/language'
import { languages } from '@codemirror/language-data'

/** Names that the language list uses and CodeMirror calls otherwise. */
const otherNames: Record<string, string> = { bash: 'shell', csharp: 'C#', cpp: 'C++', vb: 'VB.NET', wast: 'WebAssembly' }

/** Those that the library does not have; see `ownModes.ts`. */
const own = ['ada', 'asm', 'awk', 'basic', 'bc', 'elixir', 'icon', 'jq', 'nim', 'pike', 'prolog', 'rexx', 'vala']

/** Names of our list that mean one of those, or the library's kin of them. */
const kin: Record<string, string> = { clike: 'pike' }

const makefile = /(?:^|\/)(?:GNUm|M|m)akefile$|\.mk$/

/** Loads the highlighting of a file; null for one that nobody knows, which is shown plain. */
export async function loadMode(mode: string, fileName: string): Promise<LanguageSupport | null> {
  const name = kin[mode] ?? mode
  const byName = LanguageDescription.matchFilename(languages, fileName.split('/').at(-1) ?? fileName)
  // An assembler's name says which of the two dialects it speaks.
  const isOwn = own.includes(name) && !(name === 'asm' && byName)
  if (isOwn) {
    const { ownMode } = await import('./ownModes')
    return ownMode(name)
  }
  const found = (name === 'asm' || name === '' ? null : LanguageDescription.matchLanguageName(languages, otherNames[name] ?? name, false)) ?? byName
  if (found) return found.load()
  // Recipes are the shell's, and so are comments.
  return makefile.test(fileName) ? loadMode('shell', '') : null
}
