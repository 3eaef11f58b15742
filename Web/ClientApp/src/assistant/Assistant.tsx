import { useEffect } from 'react'
import { Button, IconButton } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { ProblemNotice } from '../ui/ProblemNotice'
import type { Assistance, AssistanceRequest } from './api'
import styles from './Assistant.module.css'
import { Markdown } from './Markdown'
import { Proposal } from './Proposal'
import { useAssistance } from './useAssistance'

interface AssistantProps {
  kind: Assistance
  request: AssistanceRequest
  onApply: (code: string) => void
  onClose: () => void
}

const titles: Record<Assistance, string> = { explain: 'What went wrong', fix: 'A fix' }

/** Asks the assistant about a failed run as soon as it is mounted; another `key` asks anew. */
export default function Assistant({ kind, request, onApply, onClose }: AssistantProps) {
  const { state, ask } = useAssistance()
  useEffect(() => {
    void ask(kind, request)
  }, [ask, kind, request])

  return (
    <section className={styles['panel']} aria-label="Assistant" data-testid="assistant">
      <header className={styles['header']}>
        <Icon name="sparkle" size={16} />
        <h2>{titles[kind]}</h2>
        <IconButton icon="close" label="Close the assistant" onClick={onClose} />
      </header>
      <div className={styles['body']} aria-busy={state?.phase === 'writing'} tabIndex={0} role="group" aria-label="Answer">
        {(!state || (state.phase === 'writing' && state.text === '')) && <p className={styles['muted']} role="status">Reading your program…</p>}
        {state?.problem && (
          <ProblemNotice problem={state.problem}>
            <Button small look="outlined" onClick={() => void ask(kind, request)}>Try again</Button>
          </ProblemNotice>
        )}
        {state && <Markdown text={state.text} />}
        {state?.fixed && (
          <Proposal
            before={request.program.files[0]?.content ?? ''}
            after={state.fixed}
            language={request.program.language}
            fileName={request.program.entryPoint}
          />
        )}
        {state?.fixed && (
          <div className={styles['decision']}>
            <Button small look="primary" onClick={() => onApply(state.fixed ?? '')}>Use this code</Button>
            <Proof passed={state.passed} writing={state.phase === 'writing'} />
          </div>
        )}
        {state?.model && <p className={styles['muted']}>Written by {state.model}. It can be wrong.</p>}
      </div>
    </section>
  )
}

function Proof({ passed, writing }: { passed: boolean | null; writing: boolean }) {
  if (passed === true) return <span className={styles['passed']}><Icon name="check" size={16} /> It was run, and it works.</span>
  if (passed === false) return <span className={styles['failed']}><Icon name="warning" size={16} /> It was run, and it still fails.</span>
  return <span className={styles['muted']}>{writing ? 'Trying it out…' : 'It was not tried out.'}</span>
}
