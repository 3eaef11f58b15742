/** Where programs are kept: nowhere but here until the person has said otherwise. */
export type KeepChoice = 'server' | 'browser' | null

const key = 'oc.keep'
const listeners = new Set<() => void>()
let unstored: KeepChoice = null

export function keepChoice(): KeepChoice {
  try {
    const stored = localStorage.getItem(key)
    return stored === 'server' || stored === 'browser' ? stored : unstored
  } catch {
    return unstored
  }
}

export function chooseKeeping(choice: 'server' | 'browser'): void {
  unstored = choice
  try {
    localStorage.setItem(key, choice)
  } catch {
    // Then it holds as long as the page.
  }
  for (const listener of listeners) listener()
}

export function subscribeToChoice(listener: () => void): () => void {
  listeners.add(listener)
  // Another tab may be where it was said.
  const elsewhere = (event: StorageEvent) => {
    if (event.key === key) listener()
  }
  window.addEventListener('storage', elsewhere)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', elsewhere)
  }
}
