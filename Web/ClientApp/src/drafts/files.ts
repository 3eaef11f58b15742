import type { Language } from '../languages/languages'
import { type Draft, type DraftFile, isSample } from './draft'

/** What the service takes; see `files` of `POST /api/v1/executions`. */
export const limits = { files: 100, fileBytes: 1024 * 1024, allBytes: 4 * 1024 * 1024, pathBytes: 255 } as const

const encoder = new TextEncoder()
export const bytesOf = (text: string): number => encoder.encode(text).length

/** Why a file cannot have this name; null when it can. */
export type PathProblem = 'empty' | 'absolute' | 'segments' | 'backslash' | 'control' | 'long' | 'taken' | 'folder'

/** `own` is the path it has now, when it is renamed. */
export function findPathProblem(path: string, files: readonly DraftFile[], own?: string): PathProblem | null {
  if (path === '') return 'empty'
  if (path.startsWith('/')) return 'absolute'
  if (path.includes('\\')) return 'backslash'
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'control'
  if (path.split('/').some((segment) => segment.trim() === '' || segment === '.' || segment === '..')) return 'segments'
  if (bytesOf(path) > limits.pathBytes) return 'long'
  const others = files.map((file) => file.path).filter((other) => other !== own)
  if (others.includes(path)) return 'taken'
  return others.some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) ? 'folder' : null
}

/** A name that no file has yet: `wanted`, or with a number before its extension. */
export function freePath(wanted: string, files: readonly DraftFile[]): string {
  const [, stem = wanted, extension = ''] = /^(.*?[^/])(\.[^./]*)?$/s.exec(wanted) ?? []
  let path = wanted
  for (let number = 2; findPathProblem(path, files) !== null; number++) path = `${stem}${number}${extension}`
  return path
}

/** Adds a file, last, and shows it. */
export function addFile(draft: Draft, file: DraftFile): Draft {
  return { ...draft, files: [...draft.files, file], active: file.path }
}

export function changeFile(draft: Draft, path: string, content: string): Draft {
  return { ...draft, files: draft.files.map((file) => (file.path === path ? { path, content } : file)) }
}

export function renameFile(draft: Draft, from: string, to: string): Draft {
  const renamed = (path: string) => (path === from ? to : path)
  return {
    ...draft,
    files: draft.files.map((file) => ({ ...file, path: renamed(file.path) })),
    entryPoint: renamed(draft.entryPoint),
    active: renamed(draft.active),
  }
}

/** What is needed to undo a deletion. */
export interface DeletedFile {
  file: DraftFile
  index: number
  wasEntryPoint: boolean
}

/** The last one stays: a program has at least one file. */
export function deleteFile(draft: Draft, path: string): { draft: Draft; deleted: DeletedFile } | null {
  const index = draft.files.findIndex((file) => file.path === path)
  const file = draft.files[index]
  const files = draft.files.filter((_, other) => other !== index)
  const neighbour = files[Math.min(index, files.length - 1)]
  if (!file || !neighbour) return null
  const instead = (from: string) => (from === path ? neighbour.path : from)
  return {
    draft: { ...draft, files, active: instead(draft.active), entryPoint: instead(draft.entryPoint) },
    deleted: { file, index, wasEntryPoint: draft.entryPoint === path },
  }
}

export function restoreFile(draft: Draft, { file, index, wasEntryPoint }: DeletedFile): Draft {
  // Meanwhile another may have taken its name.
  const path = freePath(file.path, draft.files)
  const files = draft.files.toSpliced(index, 0, { ...file, path })
  return { ...draft, files, active: path, entryPoint: wasEntryPoint ? path : draft.entryPoint }
}

/** Brought files replace those of the same name, and an untouched sample where one of them can be run instead. */
export function mergeFiles(draft: Draft, brought: readonly DraftFile[], language: Language): Draft {
  const main = brought.find((file) => file.path === language.entryPoint)
    ?? brought.find((file) => language.extensions.some((extension) => file.path.endsWith(extension)))
  const shown = main ?? brought[0]
  if (!shown) return draft
  if (main && isSample(draft, language)) return { ...draft, files: [...brought], entryPoint: main.path, active: main.path }
  const kept = draft.files.map((file) => brought.find(({ path }) => path === file.path) ?? file)
  const added = brought.filter(({ path }) => !draft.files.some((file) => file.path === path))
  return { ...draft, files: [...kept, ...added], active: shown.path }
}

/** Which of the program's files an error message means: it may name it by its place in the sandbox, or by its last part alone. */
export function findFile(named: string, paths: readonly string[]): string | null {
  const name = named.replace(/^file:\/\//, '').replace(/^\/workspace\//, '').replace(/^(?:\.\/)+/, '')
  if (paths.includes(name)) return name
  if (name.startsWith('/')) return paths.find((path) => name.endsWith(`/workspace/${path}`)) ?? null
  const ending = paths.filter((path) => path.endsWith(`/${name}`))
  return name !== '' && ending.length === 1 ? (ending[0] ?? null) : null
}
