import { Suspense, lazy, useState } from 'react'
import { splitArguments } from '../execution/arguments'
import type { RunState } from '../execution/runState'
import { describe } from '../execution/outcome'
import type { Transcript } from '../execution/transcript'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import type { Workspace } from '../drafts/workspace'
import type { Assistance, AssistanceRequest } from './api'
import styles from './AssistantOffer.module.css'

const Assistant = lazy(() => import('./Assistant'))

interface AssistantOfferProps {
  run: RunState
  transcript: Transcript
  workspace: Workspace
}

/** After a failed run, offers to explain it or to fix the program. */
export function AssistantOffer({ run, transcript, workspace }: AssistantOfferProps) {
  const [asked, setAsked] = useState<{ kind: Assistance; request: AssistanceRequest; run: RunState } | null>(null)
  const failed = run.phase === 'finished' && run.result !== null && describe(run.result).tone === 'bad'
  if (!failed) return null

  const ask = (kind: Assistance) => {
    const request = toRequest(run, transcript, workspace)
    if (request) setAsked({ kind, request, run })
  }
  const current = asked?.run === run ? asked : null

  if (!current) {
    return (
      <div className={styles['offer']}>
        <Button small look="outlined" onClick={() => ask('explain')}><Icon name="sparkle" size={16} /> Explain</Button>
        <Button small look="outlined" onClick={() => ask('fix')}>Fix it</Button>
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
          if (language && draft) workspace.replace(language, { ...draft, code })
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
      files: [{ path: language.entryPoint, content: draft.code }],
      entryPoint: language.entryPoint,
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
