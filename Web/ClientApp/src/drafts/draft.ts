import * as v from 'valibot'
import type { Language } from '../languages/languages'

const fileSchema = v.object({ path: v.string(), content: v.string() })

const savedSchema = v.object({
  id: v.string(),
  version: v.number(),
  title: v.string(),
  files: v.pipe(v.array(fileSchema), v.minLength(1)),
  entryPoint: v.string(),
  arguments: v.optional(v.string(), ''),
  stdin: v.optional(v.string(), ''),
  compilerArguments: v.optional(v.string(), ''),
  languageVersion: v.optional(v.string(), ''),
})

const draftSchema = v.object({
  files: v.pipe(v.array(fileSchema), v.minLength(1)),
  /** Path of the file to start with. */
  entryPoint: v.string(),
  /** Path of the file that is shown. */
  active: v.string(),
  /** As people type them; see `splitArguments`. */
  arguments: v.optional(v.string(), ''),
  /** Input given beforehand; empty when the program asks in the terminal. */
  stdin: v.optional(v.string(), ''),
  compilerArguments: v.optional(v.string(), ''),
  /** Empty for the language's usual one. */
  version: v.optional(v.string(), ''),
  /** The saved program this draft came from, as the server last knew it. */
  saved: v.optional(v.nullable(savedSchema), null),
})

/** What this page stored when a program was one file. */
const earlierSchema = v.object({
  code: v.string(),
  arguments: v.optional(v.string(), ''),
  saved: v.optional(v.nullable(v.object({ id: v.string(), version: v.number(), title: v.string(), code: v.string(), arguments: v.string() })), null),
})

export type DraftFile = v.InferOutput<typeof fileSchema>
export type SavedProgram = v.InferOutput<typeof savedSchema>
export type Draft = v.InferOutput<typeof draftSchema>

/** A program of one file, and nothing else chosen. */
export function singleFile(path: string, content: string): Draft {
  return { files: [{ path, content }], entryPoint: path, active: path, arguments: '', stdin: '', compilerArguments: '', version: '', saved: null }
}

export const sampleOf = (language: Language): Draft => singleFile(language.entryPoint, language.sample)

/** Reads what this page stored, or an earlier one; null for what is neither. */
export function readDraft(stored: unknown, { entryPoint }: Language): Draft | null {
  const draft = v.safeParse(draftSchema, stored)
  if (draft.success) return withKnownPaths(draft.output)
  const earlier = v.safeParse(earlierSchema, stored)
  if (!earlier.success) return null
  const { code, arguments: line, saved } = earlier.output
  return {
    ...singleFile(entryPoint, code),
    arguments: line,
    saved: saved && {
      id: saved.id, version: saved.version, title: saved.title, arguments: saved.arguments, stdin: '', compilerArguments: '', languageVersion: '', entryPoint, files: [{ path: entryPoint, content: saved.code }],
    },
  }
}

/** A draft may name files that it has not, if somebody else wrote it. */
function withKnownPaths(draft: Draft): Draft {
  const known = (path: string) => (draft.files.some((file) => file.path === path) ? path : (draft.files[0]?.path ?? path))
  return { ...draft, entryPoint: known(draft.entryPoint), active: known(draft.active) }
}

export function contentOf(draft: Pick<Draft, 'files'>, path: string): string {
  return draft.files.find((file) => file.path === path)?.content ?? ''
}

/** The sample and nothing else, whatever it is run with. */
export function isSample(draft: Draft, language: Language): boolean {
  const [only, ...others] = draft.files
  return !draft.saved && others.length === 0 && only?.path === language.entryPoint && only.content === language.sample
}

/** True when the draft holds something that neither the sample nor a saved program has. */
export function isWorthKeeping(draft: Draft, language: Language): boolean {
  if (draft.saved) return isModified(draft)
  return draft.files.some((file) => file.content.trim() !== '') && !isSample(draft, language)
}

export function isModified({ saved, files, ...draft }: Draft): boolean {
  if (!saved) return false
  const sameFiles = files.length === saved.files.length && files.every(({ path, content }) => saved.files.some((file) => file.path === path && file.content === content))
  return !sameFiles
    || draft.entryPoint !== saved.entryPoint
    || draft.arguments !== saved.arguments
    || draft.stdin !== saved.stdin
    || draft.compilerArguments !== saved.compilerArguments
    || draft.version !== saved.languageVersion
}
