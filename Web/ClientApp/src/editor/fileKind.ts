import type { Language } from '../languages/languages'

/** What the editor needs to know of a file beyond its text. */
export interface FileKind {
  /** Name of its highlighting; empty to go by the file's name. */
  mode: string
  lineComment: string | null
  blockComment: { start: string; end: string } | null
}

const plain: FileKind = { mode: '', lineComment: null, blockComment: null }

/** By the file's extension: that of the program's own language first, then of the others. */
export function kindOf(path: string, language: Language, languages: readonly Language[]): FileKind {
  const has = ({ extensions }: Language) => extensions.some((extension) => path.endsWith(extension))
  const found = path === language.entryPoint || has(language) ? language : languages.find(has)
  if (!found) return plain
  return { mode: found.editorMode || found.id, lineComment: found.lineComment, blockComment: found.blockComment }
}
