import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { fromContent } from '../drafts/content'
import type { Workspace } from '../drafts/workspace'
import type { Language } from '../languages/languages'
import { type Session, type SessionSummary, copySession, deleteSession, getSession, listSessions, renameSession } from './api'
import type { Keeper } from './keeper'
import { remember, toSaved } from './known'

const key = ['sessions']
/** Long enough for whoever reads slowly, or gets there by keyboard. */
const undoMs = 15_000

export function useSessionList() {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => listSessions(pageParam, signal),
    initialPageParam: '',
    // Programs save themselves while this is not looked at.
    staleTime: 0,
    getNextPageParam: (page) => page.nextPageToken || undefined,
  })
  return { ...query, sessions: query.data?.pages.flatMap((page) => page.sessions) ?? [] }
}

/** Puts a session into the editor; its `content` may be of an earlier version, which is then saved as the next. */
export function show(workspace: Workspace, languages: readonly Language[], session: Session, content: Session = session): void {
  const language = languages.find(({ id }) => id === content.language)
  if (!language) return
  remember(session)
  workspace.open(language)
  workspace.replace(language, { ...workspace.state().draft, ...fromContent(content), saved: toSaved(session) })
}

export function useOpenProgram(workspace: Workspace, languages: readonly Language[], keeper: Keeper | null) {
  return useMutation({
    mutationFn: async (id: string) => {
      // Before another takes its place.
      await keeper?.flush()
      return getSession(id)
    },
    onSuccess: (session) => {
      show(workspace, languages, session)
      // It is among the programs, where it can be opened again.
      if (keeper?.state().phase === 'saved') workspace.dismissReplaced()
    },
  })
}

export function useRenameProgram(keeper: Keeper | null) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, title }: { id: string; title: string }) => renameSession(id, title),
    onSuccess: (session) => {
      keeper?.changed(session)
      return client.invalidateQueries({ queryKey: key })
    },
  })
}

export function useCopyProgram() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, title }: { id: string; title: string }) => copySession(id, title),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  })
}

/** Deleted for the person at once, and on the server when they have not wanted it back for some seconds. */
export function useDeleteProgram(keeper: Keeper | null) {
  const client = useQueryClient()
  const [deleted, setDeleted] = useState<SessionSummary | null>(null)
  const pending = useRef<{ session: SessionSummary; timer: ReturnType<typeof setTimeout> } | null>(null)
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())

  const { mutate, error } = useMutation({
    mutationFn: (session: SessionSummary) => deleteSession(session.id),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
    onError: (_, session) => setGone((ids) => without(ids, session.id)),
  })

  const finish = () => {
    const { current } = pending
    if (!current) return
    clearTimeout(current.timer)
    pending.current = null
    setDeleted(null)
    keeper?.discarded(current.session.id)
    mutate(current.session)
  }
  const latest = useRef(finish)
  useEffect(() => {
    latest.current = finish
  })
  // Closing the list, or the page, is no reason to keep what was deleted.
  useEffect(() => {
    const leave = () => latest.current()
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])

  return {
    error,
    deleted,
    isGone: (id: string) => gone.has(id),
    remove(session: SessionSummary) {
      finish()
      pending.current = { session, timer: setTimeout(() => latest.current(), undoMs) }
      setGone((ids) => new Set([...ids, session.id]))
      setDeleted(session)
    },
    undo() {
      const { current } = pending
      if (!current) return
      clearTimeout(current.timer)
      pending.current = null
      setGone((ids) => without(ids, current.session.id))
      setDeleted(null)
    },
  }
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((other) => other !== id))
}
