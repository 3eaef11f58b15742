import { type ReactNode, Suspense, lazy, useEffect, useState } from 'react'
import { isActive, type RunState } from '../execution/runState'
import { t } from '../texts/texts'
import { commandKey } from '../ui/platform'
import styles from './TerminalPane.module.css'
import type { TerminalChannel } from './channel'

const Terminal = lazy(() => import('./Terminal'))

/** When the browser has nothing better to do, fetch the terminal, so that the first run finds it there. */
const idleDelayMs = 1_200

interface TerminalPaneProps {
  channel: TerminalChannel
  run: RunState
  /** Above the terminal: problems found, refusals. */
  children: ReactNode
  /** Below it: what else the program left. */
  below?: ReactNode
}

export function TerminalPane({ channel, run, children, below }: TerminalPaneProps) {
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), idleDelayMs)
    return () => clearTimeout(timer)
  }, [])
  const started = run.phase !== 'idle'

  return (
    <div className={styles['pane']}>
      {children}
      <div className={styles['screen']}>
        {(wanted || started) && <Suspense fallback={null}><Terminal channel={channel} /></Suspense>}
        {!started && <EmptyTerminal />}
        {isActive(run) && run.phase !== 'running' && run.phase !== 'compiling' && <div className={styles['busy']} aria-hidden="true" />}
      </div>
      {below}
    </div>
  )
}

function EmptyTerminal() {
  return (
    <div className={styles['empty']}>
      <p className={styles['prompt']} aria-hidden="true">❯<span className={styles['cursor']} /></p>
      <p className={styles['lead']}>{t.terminal.lead}</p>
      <p>{t.terminal.start}</p>
      <p className={styles['keys']} aria-hidden="true"><kbd>{commandKey}</kbd> <kbd>Enter</kbd></p>
    </div>
  )
}
