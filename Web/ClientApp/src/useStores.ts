import { useState, useSyncExternalStore } from 'react'
import { Speech } from './announce/speech'
import { ArtifactStore } from './artifacts/artifactStore'
import { Workspace } from './drafts/workspace'
import { connect } from './execution/connection'
import { Runner } from './execution/runner'
import { CaseBook } from './judging/caseBook'
import { Judge } from './judging/judge'
import { TerminalChannel } from './terminal/channel'

function assemble() {
  const terminal = new TerminalChannel()
  const artifacts = new ArtifactStore()
  const speech = new Speech()
  const runner = new Runner(terminal, speech.overhear(connect), artifacts)
  return { terminal, speech, artifacts, runner, workspace: new Workspace(), book: new CaseBook(), judge: new Judge() }
}

/** Everything that lives as long as the page, and how it is now. */
export function useStores() {
  const [stores] = useState(assemble)
  return {
    ...stores,
    run: useStore(stores.runner),
    state: useStore(stores.workspace),
    left: useStore(stores.artifacts),
    cases: useStore(stores.book).cases,
    judged: useStore(stores.judge),
  }
}

interface Store<State> {
  readonly subscribe: (listener: () => void) => () => void
  readonly state: () => State
}

const useStore = <State>({ subscribe, state }: Store<State>): State => useSyncExternalStore(subscribe, state)
