import { Icon } from '../ui/Icon'
import styles from './ViewTabs.module.css'

export type View = 'code' | 'terminal'

interface ViewTabsProps {
  view: View
  onChange: (view: View) => void
  problems: number
}

/** On a phone, where only one pane fits. */
export function ViewTabs({ view, onChange, problems }: ViewTabsProps) {
  return (
    <nav className={styles['tabs']} aria-label="View">
      <button type="button" aria-pressed={view === 'code'} onClick={() => onChange('code')}>
        <Icon name="code" /> Code
      </button>
      <button type="button" aria-pressed={view === 'terminal'} onClick={() => onChange('terminal')}>
        <Icon name="terminal" /> Terminal
        {problems > 0 && <span className={styles['count']} aria-label={`${problems} problems`}>{problems}</span>}
      </button>
    </nav>
  )
}
