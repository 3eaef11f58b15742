import { joinArguments, splitArguments } from '../execution/arguments'
import type { Draft } from './draft'
import type { WorkspaceState } from './workspace'

/** A program as the service keeps it, saved or shared. */
export interface ProgramContent {
  title: string
  language: string
  files: { path: string; content: string }[]
  arguments: string[]
  entryPoint: string
  stdin: string
  compilerArguments: string[]
  /** Empty for the language's usual one. */
  languageVersion: string
}

/** What the editor holds. */
export function toContent({ language, draft }: Pick<WorkspaceState, 'language' | 'draft'>, title: string): ProgramContent {
  if (!language || !draft) throw new Error('There is no program yet.')
  return {
    title,
    language: language.id,
    files: draft.files,
    arguments: splitArguments(draft.arguments),
    entryPoint: draft.entryPoint,
    stdin: draft.stdin,
    compilerArguments: splitArguments(draft.compilerArguments),
    languageVersion: draft.version,
  }
}

/** A kept program, whose members may be absent where the service says nothing. */
type Kept = Pick<ProgramContent, 'files' | 'arguments'> & Partial<Pick<ProgramContent, 'stdin' | 'compilerArguments' | 'languageVersion'>> & { entryPoint: string | null }

/** What the editor will hold: all of it, with the file to start with in front of the reader. */
export function fromContent({ files, arguments: list, entryPoint, stdin, compilerArguments, languageVersion }: Kept): Draft {
  const main = files.find((file) => file.path === entryPoint) ?? files[0] ?? { path: entryPoint || 'main', content: '' }
  return {
    files: files.length > 0 ? files : [main],
    entryPoint: main.path,
    active: main.path,
    arguments: joinArguments(list),
    stdin: stdin ?? '',
    compilerArguments: joinArguments(compilerArguments ?? []),
    version: languageVersion ?? '',
    saved: null,
  }
}
