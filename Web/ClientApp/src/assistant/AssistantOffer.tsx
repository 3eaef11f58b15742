import { Suspense, lazy, useState } from 'react'
import { changeFile } from '../drafts/files'
import { splitArguments } from '../execution/arguments'
import type { RunState } from '../execution/runState'
import { describe } from '../execution/outcome'
import type { Transcript } from '../execution/transcript'
import { t } from '../texts/texts'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import type { Workspace } from '../drafts/workspace'
import type { Assistance, AssistanceRequest } from './api'
import styles from './AssistantOffer.module.css'
import { Question } from './Question'
import { useModel } from './useModel'

const Assistant = lazy(() => import('./Assistant'))

interface AssistantOfferProps {
  run: RunState
  transcript: Transcript
  workspace: Workspace
}

/** After a run, takes questions about the program; after a failed one, offers to explain it or to fix the program as well. Where there is an assistant. */
export function AssistantOffer({ run, transcript, workspace }: AssistantOfferProps) {
  const [asked, setAsked] = useState<{ kind: Assistance; request: AssistanceRequest; run: RunState } | null>(null)
  const ended = run.phase === 'finished' ? run.result : null
  // Asked while it runs, so that nothing moves when it has ended.
  const model = useModel(run.phase !== 'idle')
  if (!ended || !model) return null

  const ask = (kind: Assistance, question?: string) => {
    const request = toRequest(run, transcript, workspace)
    if (request) setAsked({ kind, request: question === undefined ? request : { ...request, question }, run })
  }
  const current = asked?.run === run ? asked : null

  if (!current) {
    return (
      <div className={styles['offer']}>
        <Icon name="sparkle" size={16} />
        {describe(ended).tone === 'bad' && (
          <>
            <Button small look="outlined" onClick={() => ask('explain')}>{t.assistant.explain}</Button>
            <Button small look="outlined" onClick={() => ask('fix')}>{t.assistant.fix}</Button>
          </>
        )}
        <Question onAsk={(question) => ask('ask', question)} />
      </div>
    )
  }
  return (
    <Suspense fallback={null}>
      <Assistant
        kind={current.kind}
        request={current.request}
        onApply={(code) => {
          const { language, draft } = workspace.state()
          if (language && draft) workspace.replace(language, changeFile(draft, current.request.program.entryPoint, code))
          setAsked(null)
        }}
        onClose={() => setAsked(null)}
      />
    </Suspense>
  )
}

function toRequest({ result }: RunState, transcript: Transcript, workspace: Workspace): AssistanceRequest | null {
  const { language, draft } = workspace.state()
  if (!result || !language || !draft) return null
  const { measured, explanation } = describe(result)
  return {
    program: {
      language: language.id,
      files: draft.files,
      entryPoint: draft.entryPoint,
      arguments: splitArguments(draft.arguments),
    },
    lastRun: {
      outcome: result.outcome,
      compilerOutput: transcript.compile,
      // A terminal mixes both, as people saw them.
      stdout: transcript.run,
      stderr: '',
      exitCode: measured?.exitCode ?? null,
      message: explanation,
    },
  }
}
