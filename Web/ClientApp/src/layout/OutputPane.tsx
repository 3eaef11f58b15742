import type { ReactNode } from 'react'
import { t } from '../texts/texts'
import { type Tab, TabList, panelId, tabId } from '../ui/TabList'
import styles from './OutputPane.module.css'
import type { OutputView } from './views'

interface OutputPaneProps {
  tabs: readonly Tab<OutputView>[]
  current: OutputView
  onChange: (view: OutputView) => void
  /** Beside the tabs: what can be done with the one that is shown. */
  tools?: ReactNode
  panels: Record<OutputView, ReactNode>
}

/** The second pane: what comes out of a program, one kind at a time. What is hidden lives on, the terminal above all. */
export function OutputPane({ tabs, current, onChange, tools, panels }: OutputPaneProps) {
  return (
    <section className={styles['pane']} aria-label={t.layout.output}>
      <header className={styles['header']}>
        <div className={styles['tabs']}><TabList label={t.layout.output} tabs={tabs} current={current} onChange={onChange} /></div>
        {tools && <div className={styles['tools']}>{tools}</div>}
      </header>
      {tabs.map(({ id }) => (
        <div key={id} id={panelId(id)} role="tabpanel" aria-labelledby={tabId(id)} className={styles['panel']} hidden={id !== current}>
          {panels[id]}
        </div>
      ))}
    </section>
  )
}
