import type { SessionContent } from './api'

type File = SessionContent['files'][number]

/**
 * Both sides' changes of what they both started from; null when both changed the same thing differently, and a person has to decide.
 * A file is one thing: merging lines could make a program that neither has written.
 */
export function merge(base: SessionContent, mine: SessionContent, theirs: SessionContent): SessionContent | null {
  const files = mergeFiles(base.files, mine.files, theirs.files)
  if (!files) return null
  const merged: Record<string, unknown> = { files }
  for (const member of ['title', 'language', 'stdin', 'arguments', 'entryPoint', 'compilerArguments', 'languageVersion'] as const) {
    const decided = decide(base[member], mine[member], theirs[member])
    if (decided === conflict) return null
    merged[member] = decided
  }
  const content = merged as unknown as SessionContent
  // One renamed what the other starts with.
  return files.some((file) => file.path === content.entryPoint) ? content : null
}

function mergeFiles(base: readonly File[], mine: readonly File[], theirs: readonly File[]): File[] | null {
  const paths = new Set([...mine, ...theirs, ...base].map((file) => file.path))
  const files: File[] = []
  for (const path of paths) {
    const of = (list: readonly File[]) => list.find((file) => file.path === path)?.content
    const content = decide(of(base), of(mine), of(theirs))
    if (content === conflict) return null
    // Deleted by one, and left alone by the other.
    if (content !== undefined) files.push({ path, content })
  }
  return files.length > 0 ? files : null
}

const conflict = Symbol('both changed it')

function decide<T>(base: T, mine: T, theirs: T): T | typeof conflict {
  const [before, here, there] = [base, mine, theirs].map((value) => JSON.stringify(value))
  if (here === there || there === before) return mine
  return here === before ? theirs : conflict
}
