import { joinArguments, splitArguments } from '../execution/arguments'
import type { WorkspaceState } from './workspace'

/** A program as the service keeps it, saved or shared. */
export interface ProgramContent {
  title: string
  language: string
  files: { path: string; content: string }[]
  arguments: string[]
  entryPoint: string
}

/** What the editor holds. */
export function toContent({ language, draft }: WorkspaceState, title: string): ProgramContent {
  if (!language || !draft) throw new Error('There is no program yet.')
  return {
    title,
    language: language.id,
    files: [{ path: language.entryPoint, content: draft.code }],
    arguments: splitArguments(draft.arguments),
    entryPoint: language.entryPoint,
  }
}

/** What the editor will hold: of several files the one to start with. */
export function fromContent(content: Pick<ProgramContent, 'files' | 'arguments'> & { entryPoint: string | null }): { code: string; arguments: string } {
  const main = content.files.find((file) => file.path === content.entryPoint) ?? content.files[0]
  return { code: main?.content ?? '', arguments: joinArguments(content.arguments) }
}
