import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { ProblemError } from '../api/problem'
import { fromContent, toContent } from '../drafts/content'
import type { SavedProgram, Workspace } from '../drafts/workspace'
import type { Language } from '../languages/languages'
import { type Session, type SessionSummary, createSession, deleteSession, getSession, listSessions, saveSession } from './api'

const key = ['sessions']

export function useSessionList() {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => listSessions(pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
  })
  return { ...query, sessions: query.data?.pages.flatMap((page) => page.sessions) ?? [] }
}

interface SaveRequest {
  title: string
  /** Save over what someone else saved meanwhile: their version, which is then known and no longer unseen. */
  overVersion?: number
  /** Save beside it, under an id of its own. */
  asNew?: boolean
}

/** Saves what the editor holds; later edits count as modifications of what was saved. */
export function useSaveProgram(workspace: Workspace) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ title, overVersion, asNew }: SaveRequest) => {
      const state = workspace.state()
      const content = toContent(state, title)
      const before = state.draft?.saved
      const session = await (before && !asNew ? saveSession(before.id, overVersion ?? before.version, content) : createSession(content))
      // As the person wrote them: the same arguments can be quoted in many ways.
      return { ...toSaved(session), arguments: state.draft?.arguments ?? '', language: session.language }
    },
    onSuccess: ({ language, ...saved }) => {
      if (workspace.state().language?.id === language) workspace.edit({ saved })
      return client.invalidateQueries({ queryKey: key })
    },
  })
}

export function useOpenProgram(workspace: Workspace, languages: readonly Language[]) {
  return useMutation({
    mutationFn: (id: string) => getSession(id),
    onSuccess: (session) => {
      const language = languages.find((candidate) => candidate.id === session.language)
      const saved = toSaved(session)
      if (language) workspace.replace(language, { code: saved.code, arguments: saved.arguments, saved })
    },
  })
}

export function useDeleteProgram(workspace: Workspace) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (summary: SessionSummary) => deleteSession(summary.id),
    onSuccess: (_, summary) => {
      if (workspace.state().draft?.saved?.id === summary.id) workspace.edit({ saved: null })
      return client.invalidateQueries({ queryKey: key })
    },
  })
}

/** The version the server holds, when it refused ours as stale. */
export function conflictingVersion(error: unknown): number | null {
  return error instanceof ProblemError && error.problem.status === 412 ? error.problem.currentVersion : null
}

function toSaved(session: Session): SavedProgram {
  const { id, version, title } = session
  return { id, version, title, ...fromContent(session) }
}
