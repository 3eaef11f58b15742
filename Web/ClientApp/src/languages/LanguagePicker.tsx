import { useEffect, useId, useRef, useState } from 'react'
import { Icon } from '../ui/Icon'
import styles from './LanguagePicker.module.css'
import { type Language, searchLanguages } from './languages'

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
        <span className="visually-hidden">Language:</span>{' '}
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
  const found = searchLanguages(languages, query)
  const [active, setActive] = useState(() => Math.max(0, found.findIndex((language) => language.id === current.id)))
  const id = useId()
  const list = useRef<HTMLUListElement>(null)

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView?.({ block: 'nearest' })
  }, [active])

  const pick = (language: Language | undefined) => {
    if (language?.installed) onPick(language)
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(Math.min(found.length - 1, active + 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1))
    else if (event.key === 'Enter') pick(found[active])
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
  }

  return (
    <div className={styles['popover']}>
      <div className={styles['search']}>
        <Icon name="search" size={16} />
        <input
          autoFocus
          role="combobox"
          aria-label="Search languages"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
          aria-autocomplete="list"
          placeholder="Search languages"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {found.length === 0 && <p className={styles['empty']} role="status">No language is called “{query}” here.</p>}
      <ul className={styles['list']} role="listbox" aria-label="Languages" id={id} ref={list}>
        {found.map((language, index) => (
          <li
            key={language.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={language.id === current.id}
            aria-disabled={!language.installed}
            className={styles['option']}
            data-active={index === active}
            onPointerMove={() => setActive(index)}
            onClick={() => pick(language)}
          >
            <span className={styles['tick']}>{language.id === current.id && <Icon name="check" size={16} />}</span>
            <span className={styles['optionName']}>{language.name}</span>
            <span className={styles['version']}>{language.installed ? language.version : 'not installed'}</span>
            {!language.installed && language.installCommand && <code className={styles['install']}>{language.installCommand}</code>}
          </li>
        ))}
      </ul>
    </div>
  )
}
