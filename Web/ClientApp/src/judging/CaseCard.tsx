import { useId } from 'react'
import { formatBytes, formatTime } from '../execution/outcome'
import { t } from '../texts/texts'
import { Button, IconButton } from '../ui/Button'
import { Icon } from '../ui/Icon'
import styles from './CaseCard.module.css'
import { CaseOutcome } from './CaseOutcome'
import type { CaseContent, ComparisonMode, TestCase } from './cases'
import type { TestResult } from './judgement'

interface CaseCardProps {
  place: { index: number; isFirst: boolean; isLast: boolean }
  testCase: TestCase
  result: TestResult | null
  isWaiting: boolean
  mode: ComparisonMode
  isOpen: boolean
  onToggle: () => void
  onEdit: (change: Partial<CaseContent>) => void
  onDuplicate: () => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
  onRun: (() => void) | null
}

/** One case: closed a line with its verdict, open all there is to it. */
export function CaseCard({ place, testCase, result, isWaiting, mode, isOpen, onToggle, onEdit, onDuplicate, onMove, onRemove, onRun }: CaseCardProps) {
  const id = useId()
  const name = testCase.name || t.judging.nameOf(place.index + 1)
  const passed = result?.verdict === 'accepted'
  const tone = passed ? 'good' : result && result.verdict !== 'skipped' ? 'bad' : undefined
  return (
    <li className={styles['card']} data-verdict={result?.verdict} data-testid="test-case">
      <h3 className={styles['heading']}>
        <button type="button" className={styles['toggle']} aria-expanded={isOpen} aria-controls={id} onClick={onToggle}>
          <span className={styles['sign']} data-tone={tone ?? (isWaiting ? 'busy' : undefined)} aria-hidden="true">
            {tone && <Icon name={passed ? 'check' : 'close'} size={14} />}
          </span>
          <span className={styles['name']}>{name}</span>
          <span className={styles['verdict']} data-tone={tone}>
            {result ? t.judging.verdicts[result.verdict] : isWaiting ? t.judging.waiting : ''}
          </span>
          {result?.run && <span className={styles['measured']}>{formatTime(result.run.wallTimeMs)} · {formatBytes(result.run.memoryPeakBytes)}</span>}
          <span className={styles['chevron']} aria-hidden="true"><Icon name="chevron" size={16} /></span>
        </button>
      </h3>
      {isOpen && (
        <div className={styles['body']} id={id}>
          {result && tone === 'bad' && <CaseOutcome result={result} expected={testCase.expected} mode={mode} onTakeOutput={(expected) => onEdit({ expected })} />}
          <div className={styles['fields']}>
            <Field label={t.judging.input} of={name} value={testCase.input} onChange={(input) => onEdit({ input })} />
            <Field label={t.judging.expected} of={name} value={testCase.expected} onChange={(expected) => onEdit({ expected })} />
          </div>
          <div className={styles['actions']}>
            <input
              className={styles['rename']}
              aria-label={`${t.judging.name}, ${name}`}
              placeholder={t.judging.nameOf(place.index + 1)}
              maxLength={64}
              value={testCase.name}
              onChange={(event) => onEdit({ name: event.target.value })}
            />
            {onRun && <Button small look="outlined" aria-label={t.judging.run(name)} onClick={onRun}><Icon name="play" size={14} /> {t.run.run}</Button>}
            <span className={styles['icons']}>
              <IconButton icon="copy" label={t.judging.duplicate(name)} onClick={onDuplicate} />
              <IconButton icon="up" label={t.judging.moveUp(name)} disabled={place.isFirst} onClick={() => onMove(-1)} />
              <IconButton icon="down" label={t.judging.moveDown(name)} disabled={place.isLast} onClick={() => onMove(1)} />
              <IconButton icon="trash" label={t.judging.remove(name)} onClick={onRemove} />
            </span>
          </div>
        </div>
      )}
    </li>
  )
}

interface FieldProps {
  label: string
  of: string
  value: string
  onChange: (value: string) => void
}

function Field({ label, of, value, onChange }: FieldProps) {
  return (
    <label className={styles['field']}>
      <span>{label}</span>
      <textarea
        aria-label={`${label}, ${of}`}
        rows={3}
        value={value}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}
