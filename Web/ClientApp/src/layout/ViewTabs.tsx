import { t } from '../texts/texts'
import { Icon } from '../ui/Icon'
import { type Tab, TabBadge } from '../ui/TabList'
import styles from './ViewTabs.module.css'
import type { OutputView, View } from './views'

interface ViewTabsProps {
  view: View
  onChange: (view: View) => void
  outputs: readonly Tab<OutputView>[]
}

/** On a phone, where only one pane fits. */
export function ViewTabs({ view, onChange, outputs }: ViewTabsProps) {
  const views: Tab<View>[] = [{ id: 'code', label: t.layout.code, icon: 'code' }, ...outputs]
  return (
    <nav className={styles['tabs']} aria-label={t.layout.view}>
      {views.map((tab) => (
        <button key={tab.id} type="button" aria-pressed={view === tab.id} onClick={() => onChange(tab.id)}>
          <Icon name={tab.icon} /> <span className={styles['label']}>{tab.label}</span>{' '}
          <TabBadge tab={tab} />
        </button>
      ))}
    </nav>
  )
}
