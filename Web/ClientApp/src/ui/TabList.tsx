import { useRef } from 'react'
import { Icon, type IconName } from './Icon'
import styles from './TabList.module.css'

export interface Tab<TId extends string> {
  id: TId
  label: string
  icon: IconName
  /** A few characters beside the label, and what they mean. */
  badge?: { text: string; meaning: string; tone?: 'good' | 'bad' | undefined } | undefined
}

interface TabListProps<TId extends string> {
  label: string
  tabs: readonly Tab<TId>[]
  current: TId
  onChange: (id: TId) => void
}

export const tabId = (id: string): string => `tab-${id}`
export const panelId = (id: string): string => `panel-${id}`

/** Tabs as the ARIA patterns have them: one stop for the Tab key, arrows in between. */
export function TabList<TId extends string>({ label, tabs, current, onChange }: TabListProps<TId>) {
  const list = useRef<HTMLDivElement>(null)

  const onKeyDown = (event: React.KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === current)
    const isRightToLeft = list.current !== null && getComputedStyle(list.current).direction === 'rtl'
    const step = isRightToLeft ? -1 : 1
    const goals: Record<string, number> = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: tabs.length - 1 }
    const goal = goals[event.key]
    const next = goal === undefined ? undefined : tabs[(goal + tabs.length) % tabs.length]
    if (!next) return
    event.preventDefault()
    onChange(next.id)
    list.current?.querySelector<HTMLElement>(`#${tabId(next.id)}`)?.focus()
  }

  return (
    <div className={styles['list']} role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          id={tabId(tab.id)}
          type="button"
          role="tab"
          className={styles['tab']}
          aria-selected={tab.id === current}
          aria-controls={panelId(tab.id)}
          tabIndex={tab.id === current ? 0 : -1}
          onClick={() => onChange(tab.id)}
        >
          <Icon name={tab.icon} size={16} /> {tab.label}{' '}
          <TabBadge tab={tab} />
        </button>
      ))}
    </div>
  )
}

export function TabBadge({ tab: { badge } }: { tab: Pick<Tab<string>, 'badge'> }) {
  return badge ? (
    <span className={styles['badge']} data-tone={badge.tone}>
      <span aria-hidden="true">{badge.text}</span>
      <span className="visually-hidden">{badge.meaning}</span>
    </span>
  ) : null
}
