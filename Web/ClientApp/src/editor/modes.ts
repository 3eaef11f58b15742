import { type LanguageSupport, LanguageDescription } from '@codemirror/language'
import { languages } from '@codemirror/language-data'

/** Names that the language list uses and CodeMirror calls otherwise. */
const otherNames: Record<string, string> = { bash: 'shell', csharp: 'C#', cpp: 'C++' }

/** Loads the highlighting of a language; null for one that CodeMirror does not know, which is shown plain. */
export async function loadMode(name: string, fileName: string): Promise<LanguageSupport | null> {
  const found =
    LanguageDescription.matchLanguageName(languages, otherNames[name] ?? name, false) ??
    LanguageDescription.matchFilename(languages, fileName)
  return found ? found.load() : null
}
