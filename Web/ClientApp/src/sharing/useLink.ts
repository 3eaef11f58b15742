import { useEffect, useRef, useState } from 'react'
import { type Problem, problem, toProblem } from '../api/problem'
import { fromContent } from '../drafts/content'
import { type Draft, Workspace } from '../drafts/workspace'
import type { Language } from '../languages/languages'
import { getSnapshot } from './api'
import { type Link, findLanguage, readLink } from './link'

interface Opened {
  /** Something shared is on its way: nothing else is shown until then. */
  isWaiting: boolean
  /** Why what the address asked for is not there. */
  problem: Problem | null
}

/**
 * Opens what the page's address asks for, once, and without a link the language used last. The address is then the page's own
 * again: what the person writes from now on is theirs, and a reload must not put it aside.
 */
export function useLink(workspace: Workspace, languages: readonly Language[]): Opened {
  const link = useRef<Link | null | 'done'>(null)
  const [opened, setOpened] = useState<Opened>(() => {
    link.current = readLink(window.location)
    return { isWaiting: link.current?.kind === 'snapshot', problem: null }
  })

  useEffect(() => {
    const asked = link.current
    if (asked === null || asked === 'done') return openLast(workspace, languages)
    const finish = (wrong: Problem | null) => {
      link.current = 'done'
      window.history.replaceState(window.history.state, '', '/')
      if (wrong || !workspace.state().language) openLast(workspace, languages)
      setOpened({ isWaiting: false, problem: wrong })
    }
    if (asked.kind !== 'snapshot') return finish(openNamed(workspace, languages, asked))

    const leaving = new AbortController()
    getSnapshot(asked.id, leaving.signal).then(
      (snapshot) => {
        finish(show(workspace, languages, snapshot.language, { ...fromContent(snapshot), saved: null }))
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) finish(toProblem(error))
      },
    )
    return () => leaving.abort()
  }, [workspace, languages])

  return opened
}

function openNamed(workspace: Workspace, languages: readonly Language[], link: Exclude<Link, { kind: 'snapshot' }>): Problem | null {
  if (link.kind === 'code') {
    const name = link.name ?? Workspace.rememberedLanguage() ?? 'python'
    return show(workspace, languages, name, { code: link.code, arguments: '', saved: null })
  }
  const language = findLanguage(languages, link.name)
  if (!language) return unknown(link.name)
  workspace.open(language)
  return null
}

function show(workspace: Workspace, languages: readonly Language[], name: string, draft: Draft): Problem | null {
  const language = findLanguage(languages, name)
  if (!language) return unknown(name)
  workspace.replace(language, draft)
  return null
}

const unknown = (name: string): Problem => problem(`This server does not know ${name}`, 'The language picker shows what it knows.')

/** Also when the list of languages has come anew. */
function openLast(workspace: Workspace, languages: readonly Language[]): void {
  const wanted = workspace.state().language?.id ?? Workspace.rememberedLanguage() ?? 'python'
  const language = languages.find(({ id }) => id === wanted) ?? languages.find(({ installed }) => installed) ?? languages[0]
  if (language) workspace.open(language)
}
