import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Icon } from './Icon'
import styles from './SearchList.module.css'

export interface ListGroup<T> {
  key: string
  /** Null for a group that needs no heading, since it is the only one. */
  title: string | null
  items: readonly T[]
}

interface SearchListProps<T> {
  label: string
  searchLabel: string
  query: string
  onQuery: (query: string) => void
  groups: readonly ListGroup<T>[]
  keyOf: (item: T) => string
  /** The one that is in use now; the list opens at it. */
  isCurrent?: (item: T) => boolean
  isDisabled?: (item: T) => boolean
  onPick: (item: T) => void
  onEscape: () => void
  /** Backspace where there is nothing to delete. */
  onBack?: (() => void) | undefined
  /** Said, and shown, when nothing is found. */
  nothing: string
  /** Said when something is. */
  found: (count: number) => string
  /** In front of what is typed: where the search looks. */
  before?: ReactNode
  children: (item: T) => ReactNode
}

const pageRows = 8

/** A search field over a list, after the combobox pattern: focus stays in the field, arrows move, Enter picks. */
export function SearchList<T>(props: SearchListProps<T>) {
  const { groups, query, keyOf, isCurrent = never, isDisabled = never, onPick } = props
  const items = groups.flatMap((group) => group.items)
  const [active, setActive] = useState(() => Math.max(0, items.findIndex(isCurrent)))
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const optionId = (index: number) => `${id}-${index}`

  // After a dialog around it has put the focus on its first button.
  useEffect(() => input.current?.focus(), [])

  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView?.({ block: 'nearest' })
  }, [id, active])

  const pick = (item: T | undefined) => {
    if (item !== undefined && !isDisabled(item)) onPick(item)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const last = items.length - 1
    if (event.key === 'ArrowDown') setActive(active >= last ? 0 : active + 1)
    else if (event.key === 'ArrowUp') setActive(active <= 0 ? Math.max(0, last) : active - 1)
    else if (event.key === 'PageDown') setActive(Math.max(0, Math.min(last, active + pageRows)))
    else if (event.key === 'PageUp') setActive(Math.max(0, active - pageRows))
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) pick(items[active])
    else if (event.key === 'Escape') props.onEscape()
    else if (event.key === 'Backspace' && query === '' && props.onBack) props.onBack()
    else return
    event.preventDefault()
  }

  let index = -1
  return (
    <>
      <div className={styles['search']}>
        <Icon name="search" size={16} />
        {props.before}
        <input
          ref={input}
          role="combobox"
          aria-label={props.searchLabel}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={items.length > 0 ? optionId(active) : undefined}
          aria-autocomplete="list"
          placeholder={props.searchLabel}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            props.onQuery(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <p role="status" className={items.length === 0 ? styles['empty'] : 'visually-hidden'}>
        {items.length === 0 ? props.nothing : query !== '' && props.found(items.length)}
      </p>
      <div className={styles['list']} role="listbox" aria-label={props.label} id={id}>
        {groups.filter((group) => group.items.length > 0).map((group) => (
          <div key={group.key} role="group" aria-label={group.title ?? props.label}>
            {group.title !== null && <div className={styles['heading']} aria-hidden="true">{group.title}</div>}
            {group.items.map((item) => {
              index += 1
              const own = index
              return (
                <div
                  key={keyOf(item)}
                  id={optionId(own)}
                  role="option"
                  aria-selected={isCurrent(item)}
                  aria-disabled={isDisabled(item)}
                  className={styles['option']}
                  data-active={own === active}
                  onPointerMove={() => setActive(own)}
                  onClick={() => pick(item)}
                >
                  {props.children(item)}
                </div>
              )
            })}
          </div>
        ))}
      </div>
    </>
  )
}

const never = () => false
