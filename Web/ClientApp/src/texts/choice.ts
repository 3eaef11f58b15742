import { useSyncExternalStore } from 'react'
import { chooseTexts, spoken } from './texts'

/** The languages the page can be read in, each by its own name. */
export const languageNames = { en: 'English', de: 'Deutsch' } as const

/** What the reader chose; `system` is what their browser asks for. */
export type TextsChoice = 'system' | keyof typeof languageNames

const storageKey = 'oc.texts'
const listeners = new Set<() => void>()
/** Where nothing can be stored, the choice lasts as long as the page. */
let chosen: TextsChoice | null = null

export function textsChoice(): TextsChoice {
  chosen ??= read()
  return chosen
}

/** What to ask `chooseTexts` for. */
export function wantedTexts(): readonly string[] {
  const choice = textsChoice()
  return choice === 'system' ? navigator.languages : [choice]
}

/** The reader's language with its region where we know it, for those who answer in words of their own. */
export const locale = (): string => {
  const choice = textsChoice()
  return choice === 'system' ? navigator.language : choice
}

/** Lets the page speak another language at once: everything is drawn anew, and nothing that was written is touched. */
export async function chooseLanguageOfPage(choice: TextsChoice): Promise<void> {
  chosen = choice
  try {
    if (choice === 'system') localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, choice)
  } catch {
    // Then it is forgotten with the page.
  }
  await chooseTexts(wantedTexts())
  for (const listener of listeners) listener()
}

/** Draws its caller, and all that it draws, in the language that is chosen later. */
export function useTexts(): void {
  useSyncExternalStore(subscribe, () => spoken)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(): TextsChoice {
  try {
    const stored = localStorage.getItem(storageKey)
    return stored !== null && stored in languageNames ? (stored as TextsChoice) : 'system'
  } catch {
    return 'system'
  }
}
