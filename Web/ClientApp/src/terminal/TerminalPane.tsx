import { type ReactNode, Suspense, lazy, useEffect, useState } from 'react'
import { isActive, type RunState } from '../execution/runState'
import { IconButton } from '../ui/Button'
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
}

export function TerminalPane({ channel, run, children }: TerminalPaneProps) {
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), idleDelayMs)
    return () => clearTimeout(timer)
  }, [])
  const started = run.phase !== 'idle'

  return (
    <section className={styles['pane']} aria-label="Terminal">
      <header className={styles['header']}>
        <h2 className={styles['title']}>Terminal</h2>
        <IconButton icon="clear" label="Clear the terminal" disabled={!started} onClick={() => channel.clear()} />
      </header>
      {children}
      <div className={styles['screen']}>
        {(wanted || started) && <Suspense fallback={null}><Terminal channel={channel} /></Suspense>}
        {!started && <EmptyTerminal />}
        {isActive(run) && run.phase !== 'running' && run.phase !== 'compiling' && <div className={styles['busy']} aria-hidden="true" />}
      </div>
    </section>
  )
}

function EmptyTerminal() {
  return (
    <div className={styles['empty']}>
      <p className={styles['prompt']} aria-hidden="true">❯<span className={styles['cursor']} /></p>
      <p className={styles['lead']}>Your program talks to you here.</p>
      <p>
        Press <strong>Run</strong><span className={styles['keys']}> or <kbd>{commandKey}</kbd> <kbd>Enter</kbd></span>.
        When it asks for something, type the answer.
      </p>
    </div>
  )
}
