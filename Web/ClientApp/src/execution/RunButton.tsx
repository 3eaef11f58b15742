import { t } from '../texts/texts'
import { Icon } from '../ui/Icon'
import { commandKey } from '../ui/platform'
import styles from './RunButton.module.css'
import { type RunState, isActive } from './runState'

interface RunButtonProps {
  run: RunState
  disabled: boolean
  onRun: () => void
  onStop: () => void
}

export function RunButton({ run, disabled, onRun, onStop }: RunButtonProps) {
  const running = isActive(run)
  return (
    <button
      type="button"
      className={styles['button']}
      data-running={running}
      data-testid="run"
      disabled={running ? run.phase === 'stopping' : disabled}
      aria-keyshortcuts="Control+Enter Meta+Enter"
      title={t.run.withKeys(running ? t.run.stop : t.run.run, commandKey)}
      onClick={running ? onStop : onRun}
    >
      <Icon name={running ? 'stop' : 'play'} size={16} />
      <span>{running ? t.run.stop : t.run.run}</span>
      <kbd className={styles['keys']} aria-hidden="true">{commandKey} ⏎</kbd>
    </button>
  )
}
