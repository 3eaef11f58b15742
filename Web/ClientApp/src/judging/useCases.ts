import { useEffect } from 'react'
import type { WorkspaceState } from '../drafts/workspace'
import type { CaseBook } from './caseBook'
import type { Judge } from './judge'

/** The book lies open at the program in the editor, and is kept before the page goes. */
export function useCases(book: CaseBook, judge: Judge, { language, draft, revision }: WorkspaceState): void {
  const saved = draft?.saved?.id
  useEffect(() => {
    book.open({ language, draft, revision })
    // The code alone makes it no other program.
  }, [book, language, saved, revision])

  useEffect(() => judge.forget(), [judge, language, revision])

  useEffect(() => {
    const flush = () => book.flush()
    window.addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
    }
  }, [book])
}
