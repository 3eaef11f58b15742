import { collected } from '../artifacts/artifact'
import { splitArguments } from '../execution/arguments'
import type { ProgramRequest } from '../execution/frames'
import type { WorkspaceState } from './workspace'

type Program = Pick<WorkspaceState, 'language' | 'draft'>

/** The program in the editor, as the service judges it: nothing that nobody chose. */
export function toRequest({ language, draft }: Program): ProgramRequest {
  if (!language || !draft) throw new Error('There is no program yet.')
  const compilerArguments = language.compiled ? splitArguments(draft.compilerArguments) : []
  return {
    language: language.id,
    files: draft.files,
    entryPoint: draft.entryPoint,
    arguments: splitArguments(draft.arguments),
    ...(draft.version && { version: draft.version }),
    ...(compilerArguments.length > 0 && { compilerArguments }),
  }
}

/** The same, for a run: with the input that was given for it, and whose files are wanted back. */
export function toRun(program: Program): ProgramRequest {
  const stdin = program.draft?.stdin
  return { ...toRequest(program), ...(stdin && { stdin }), collect: [...collected] }
}
