import { useEffect, useRef, useState } from 'react'
import { t } from '../texts/texts'
import { Icon } from '../ui/Icon'
import { type ListGroup, SearchList } from '../ui/SearchList'
import { LanguageOption } from './LanguageOption'
import styles from './LanguagePicker.module.css'
import { type Language, searchLanguages } from './languages'
import { byUse, countUse } from './usage'

interface LanguagePickerProps {
  languages: readonly Language[]
  current: Language
  onPick: (language: Language) => void
}

/** A button that opens a list with a search field; arrows move, Enter picks, Escape leaves. */
export function LanguagePicker({ languages, current, onPick }: LanguagePickerProps) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (!open) return
    const leave = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', leave)
    document.addEventListener('focusin', leave)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
    }
  }, [open])

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }

  return (
    <div className={styles['root']} ref={root}>
      <button
        ref={button}
        type="button"
        className={styles['button']}
        aria-haspopup="listbox"
        aria-expanded={open}
        data-testid="language-picker"
        onClick={() => setOpen(!open)}
      >
        <span className="visually-hidden">{t.languages.language}</span>{' '}
        <span className={styles['name']}>{current.name}</span>{' '}
        {current.version && <span className={styles['version']}>{current.version}</span>}
        <Icon name="chevron" size={16} />
      </button>
      {open && (
        <LanguageList
          languages={languages}
          current={current}
          onClose={close}
          onPick={(language) => {
            close()
            onPick(language)
          }}
        />
      )}
    </div>
  )
}

function LanguageList({ languages, current, onPick, onClose }: LanguagePickerProps & { onClose: () => void }) {
  const [query, setQuery] = useState('')
  // Once: the order must not change under the eyes of whoever reads it.
  const [sorted] = useState(() => byUse(languages))
  const groups: ListGroup<Language>[] = query.trim() === ''
    ? [
      { key: 'recent', title: t.languages.recent, items: sorted.recent },
      { key: 'often', title: t.languages.often, items: sorted.often },
      { key: 'all', title: t.languages.all, items: sorted.others },
      { key: 'missing', title: t.languages.missing, items: sorted.missing },
    ]
    : [{ key: 'found', title: null, items: searchLanguages(languages, query) }]

  return (
    <div className={styles['popover']}>
      <SearchList
        label={t.languages.languages}
        searchLabel={t.languages.search}
        query={query}
        onQuery={setQuery}
        groups={groups}
        keyOf={(language) => language.id}
        isCurrent={(language) => language.id === current.id}
        isDisabled={(language) => !language.installed}
        onPick={(language) => {
          countUse(language.id)
          onPick(language)
        }}
        onEscape={onClose}
        nothing={t.languages.unknown(query)}
        found={t.palette.found}
      >
        {(language) => <LanguageOption language={language} current={language.id === current.id} />}
      </SearchList>
    </div>
  )
}
