import { SearchAddon } from '@xterm/addon-search'
import type { Terminal } from '@xterm/xterm'
import { useEffect, useRef, useState } from 'react'
import { t } from '../texts/texts'
import { resolveColor } from '../theme/theme'
import { IconButton } from '../ui/Button'
import styles from './Search.module.css'

interface SearchProps {
  terminal: Terminal
  onClose: () => void
}

/** Finds text in what the program printed, newest first. */
export default function Search({ terminal, onClose }: SearchProps) {
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<{ resultIndex: number; resultCount: number } | null>(null)
  const addon = useRef<SearchAddon | null>(null)
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    const made = new SearchAddon()
    terminal.loadAddon(made)
    made.onDidChangeResults(setFound)
    addon.current = made
    field.current?.focus()
    return () => {
      made.clearDecorations()
      made.dispose()
      terminal.clearSelection()
    }
  }, [terminal])

  const find = (text: string, way: 'back' | 'on', incremental = false) => {
    if (text === '') {
      addon.current?.clearDecorations()
      terminal.clearSelection()
      setFound(null)
      return
    }
    const options = { incremental, decorations: colors(field.current) }
    if (way === 'back') addon.current?.findPrevious(text, options)
    else addon.current?.findNext(text, options)
  }
  const close = () => {
    onClose()
    terminal.focus()
  }
  const count = query === '' || !found ? '' : found.resultCount === 0 ? t.terminal.nothingFound : t.terminal.found(found.resultIndex + 1, found.resultCount)

  return (
    <search className={styles['search']}>
      <input
        ref={field}
        type="search"
        aria-label={t.terminal.find}
        placeholder={t.terminal.find}
        value={query}
        onChange={({ target: { value } }) => {
          setQuery(value)
          find(value, 'back', true)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close()
          else if (event.key === 'Enter') find(query, event.shiftKey ? 'on' : 'back')
          else return
          event.preventDefault()
        }}
      />
      <span className={styles['count']} role="status">{count}</span>
      <IconButton icon="up" label={t.terminal.previous} disabled={query === ''} onClick={() => find(query, 'back')} />
      <IconButton icon="down" label={t.terminal.next} disabled={query === ''} onClick={() => find(query, 'on')} />
      <IconButton icon="close" label={t.terminal.closeSearch} onClick={close} />
    </search>
  )
}

/** The addon knows no other way to name a colour than #rrggbb. */
function colors(element: Element | null) {
  const color = (token: string) => {
    const parts = element ? resolveColor(token, element.parentElement ?? element).match(/\d+/g) : null
    return `#${(parts ?? ['128', '128', '128']).slice(0, 3).map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`
  }
  return {
    matchBackground: color('--warn-soft'),
    activeMatchBackground: color('--code-selection'),
    activeMatchBorder: color('--accent'),
    matchOverviewRuler: color('--warn'),
    activeMatchColorOverviewRuler: color('--accent'),
  }
}
