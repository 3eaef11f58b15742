import { useSyncExternalStore } from 'react'

export type ThemeChoice = 'system' | 'light' | 'dark'

/** Read by public/theme.js before the first paint, too. */
const storageKey = 'oc.theme'
const listeners = new Set<() => void>()
const systemDark = window.matchMedia('(prefers-color-scheme: dark)')
systemDark.addEventListener('change', notify)

export function chooseTheme(choice: ThemeChoice): void {
  const root = document.documentElement
  if (choice === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = choice
  try {
    if (choice === 'system') localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, choice)
  } catch {
    // Then the choice lasts as long as the page.
  }
  notify()
}

export function useTheme(): { choice: ThemeChoice; dark: boolean } {
  const choice = useSyncExternalStore(subscribe, currentChoice)
  const dark = useSyncExternalStore(subscribe, isDark)
  return { choice, dark }
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The value that a colour token has just now, for those who cannot read custom properties. */
export function resolveColor(token: string, within: Element): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  within.append(probe)
  const color = getComputedStyle(probe).color
  probe.remove()
  return color
}

export function currentChoice(): ThemeChoice {
  const theme = document.documentElement.dataset['theme']
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

function isDark(): boolean {
  const choice = currentChoice()
  return choice === 'dark' || (choice === 'system' && systemDark.matches)
}

function notify(): void {
  for (const listener of listeners) listener()
}
