import { useEffect, useRef, useState } from 'react'
import { type Problem, problem, toProblem } from '../api/problem'
import { fromContent } from '../drafts/content'
import { type Draft, singleFile } from '../drafts/draft'
import { Workspace } from '../drafts/workspace'
import type { Language } from '../languages/languages'
import { t } from '../texts/texts'
import { takeAhead } from './ahead'
import { getSnapshot } from './api'
import { type Link, findLanguage, readLink } from './link'

interface Opened {
  /** Something shared is on its way: nothing else is shown until then. */
  isWaiting: boolean
  /** Why what the address asked for is not there. */
  problem: Problem | null
  /** What somebody shared, and is now in the editor. */
  shared: { title: string } | null
}

/**
 * Opens what the page's address asks for, once, and without a link the language used last. The address is then the page's own
 * again: what the person writes from now on is theirs, and a reload must not put it aside.
 */
export function useLink(workspace: Workspace, languages: readonly Language[]): Opened {
  const link = useRef<Link | null | 'done'>(null)
  const [opened, setOpened] = useState<Opened>(() => {
    link.current = readLink(window.location)
    return { isWaiting: link.current?.kind === 'snapshot', problem: null, shared: null }
  })

  useEffect(() => {
    const asked = link.current
    if (asked === null || asked === 'done') return openLast(workspace, languages)
    const finish = (wrong: Problem | null, shared: { title: string } | null = null) => {
      link.current = 'done'
      window.history.replaceState(window.history.state, '', '/')
      if (wrong || !workspace.state().language) openLast(workspace, languages)
      setOpened({ isWaiting: false, problem: wrong, shared: wrong ? null : shared })
    }
    if (asked.kind !== 'snapshot') return finish(openNamed(workspace, languages, asked))

    const leaving = new AbortController()
    const fetched = takeAhead(asked.id) ?? getSnapshot(asked.id, leaving.signal)
    fetched.then(
      (snapshot) => {
        if (leaving.signal.aborted) return
        finish(show(workspace, languages, snapshot.language, () => fromContent(snapshot)), { title: snapshot.title })
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
    return show(workspace, languages, name, (language) => singleFile(language.entryPoint, link.code))
  }
  const language = findLanguage(languages, link.name)
  if (!language) return unknown(link.name)
  workspace.open(language)
  return null
}

function show(workspace: Workspace, languages: readonly Language[], name: string, draft: (language: Language) => Draft): Problem | null {
  const language = findLanguage(languages, name)
  if (!language) return unknown(name)
  workspace.replace(language, draft(language))
  return null
}

const unknown = (name: string): Problem => problem(t.sharing.unknownLanguage(name), t.sharing.unknownLanguageDetail)

/** Also when the list of languages has come anew. */
function openLast(workspace: Workspace, languages: readonly Language[]): void {
  const wanted = workspace.state().language?.id ?? Workspace.rememberedLanguage() ?? 'python'
  const language = languages.find(({ id }) => id === wanted) ?? languages.find(({ installed }) => installed) ?? languages[0]
  if (language) workspace.open(language)
}
