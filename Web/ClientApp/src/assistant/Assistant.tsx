import { useEffect } from 'react'
import { contentOf } from '../drafts/draft'
import { t } from '../texts/texts'
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

/** Asks the assistant about a failed run as soon as it is mounted; another `key` asks anew. */
export default function Assistant({ kind, request, onApply, onClose }: AssistantProps) {
  const { state, ask } = useAssistance()
  useEffect(() => {
    void ask(kind, request)
  }, [ask, kind, request])

  return (
    <section className={styles['panel']} aria-label={t.assistant.assistant} data-testid="assistant">
      <header className={styles['header']}>
        <Icon name="sparkle" size={16} />
        <h2>{t.assistant.titles[kind]}</h2>
        <IconButton icon="close" label={t.assistant.close} onClick={onClose} />
      </header>
      <div className={styles['body']} aria-busy={state?.phase === 'writing'} tabIndex={0} role="group" aria-label={t.assistant.answer}>
        {request.question !== undefined && <p className={styles['question']}>{request.question}</p>}
        {(!state || (state.phase === 'writing' && state.text === '')) && <p className={styles['muted']} role="status">{t.assistant.reading}</p>}
        {state?.problem && (
          <ProblemNotice problem={state.problem}>
            <Button small look="outlined" onClick={() => void ask(kind, request)}>{t.assistant.tryAgain}</Button>
          </ProblemNotice>
        )}
        {state && <Markdown text={state.text} />}
        {state?.fixed && (
          <Proposal
            before={contentOf(request.program, request.program.entryPoint)}
            after={state.fixed}
            language={request.program.language}
            fileName={request.program.entryPoint}
          />
        )}
        {state?.fixed && (
          <div className={styles['decision']}>
            <Button small look="primary" onClick={() => onApply(state.fixed ?? '')}>{t.assistant.use}</Button>
            <Proof passed={state.passed} writing={state.phase === 'writing'} />
          </div>
        )}
        {state?.model && <p className={styles['muted']}>{t.assistant.writtenBy(state.model)}</p>}
      </div>
    </section>
  )
}

function Proof({ passed, writing }: { passed: boolean | null; writing: boolean }) {
  if (passed === true) return <span className={styles['passed']}><Icon name="check" size={16} /> {t.assistant.works}</span>
  if (passed === false) return <span className={styles['failed']}><Icon name="warning" size={16} /> {t.assistant.stillFails}</span>
  return <span className={styles['muted']}>{writing ? t.assistant.trying : t.assistant.notTried}</span>
}
