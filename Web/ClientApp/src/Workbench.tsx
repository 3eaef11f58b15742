import { Suspense, lazy, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import styles from './App.module.css'
import { AssistantOffer } from './assistant/AssistantOffer'
import { Workspace } from './drafts/workspace'
import { Editor } from './editor/Editor'
import { EditorBar } from './editor/EditorBar'
import type { EditorHandle } from './editor/editorProps'
import { splitArguments } from './execution/arguments'
import { connect } from './execution/connection'
import type { Diagnostic } from './execution/frames'
import { describe } from './execution/outcome'
import { ProblemList } from './execution/ProblemList'
import { RunButton } from './execution/RunButton'
import { type RunState, isActive } from './execution/runState'
import { Runner } from './execution/runner'
import { StatusLine } from './execution/StatusLine'
import { LanguagePicker } from './languages/LanguagePicker'
import type { Language } from './languages/languages'
import { KeyRow } from './layout/KeyRow'
import { SplitPane } from './layout/SplitPane'
import { type View, ViewTabs } from './layout/ViewTabs'
import { editorKeys, terminalKeys } from './layout/keys'
import { useLink } from './sharing/useLink'
import { TerminalChannel } from './terminal/channel'
import { TerminalPane } from './terminal/TerminalPane'
import { ThemeToggle } from './theme/ThemeToggle'
import { Button } from './ui/Button'
import { Icon } from './ui/Icon'
import { Logo } from './ui/Logo'
import { ProblemNotice } from './ui/ProblemNotice'
import { commandKey } from './ui/platform'
import { useShortcuts } from './useShortcuts'

const SavedPrograms = lazy(() => import('./sessions/SavedPrograms'))
const ShareDialog = lazy(() => import('./sharing/ShareDialog'))

/** Everything that lives as long as the page. */
function assemble() {
  const terminal = new TerminalChannel()
  return { terminal, runner: new Runner(terminal, connect), workspace: new Workspace() }
}

export function Workbench({ languages }: { languages: readonly Language[] }) {
  const [{ terminal, runner, workspace }] = useState(assemble)
  const run = useSyncExternalStore(runner.subscribe, runner.state)
  const state = useSyncExternalStore(workspace.subscribe, workspace.state)
  const editor = useRef<EditorHandle>(null)
  const [view, setView] = useState<View>('code')
  const [showingSaved, setShowingSaved] = useState(false)
  const [sharing, setSharing] = useState(false)
  const link = useLink(workspace, languages)
  useKeepDraft(workspace)

  const start = useCallback(() => {
    const { language, draft } = workspace.state()
    if (!language || !draft) return
    workspace.flush()
    setView('terminal')
    runner.start({
      language: language.id,
      files: [{ path: language.entryPoint, content: draft.code }],
      entryPoint: language.entryPoint,
      arguments: splitArguments(draft.arguments),
    })
  }, [runner, workspace])

  const toggleRun = useCallback(() => (isActive(runner.state()) ? runner.stop() : start()), [runner, start])
  const showSaved = useCallback(() => setShowingSaved(true), [])
  useShortcuts(toggleRun, showSaved)

  const touchKeys = useMemo(
    () => ({ code: editorKeys(() => editor.current), terminal: terminalKeys((data) => terminal.onInput(data)) }),
    [terminal],
  )

  const { language, draft } = state
  if (link.isWaiting) return <main className={styles['waiting']}><Logo /><p role="status">Opening what was shared…</p></main>
  if (!language || !draft) return null

  const goTo = ({ line, column }: Diagnostic) => {
    setView('code')
    // The pane may have been hidden until now.
    requestAnimationFrame(() => editor.current?.goTo(line, column ?? 1))
  }
  const ofThisLanguage = run.language === language.id ? run.diagnostics : none

  return (
    <div className={styles['page']}>
      <header className={styles['header']}>
        <Logo />
        <LanguagePicker languages={languages} current={language} onPick={(picked) => workspace.open(picked)} />
        <div className={styles['actions']}>
          <Button aria-label="Saved programs" aria-keyshortcuts="Control+S Meta+S" title={`Saved programs (${commandKey} S)`} onClick={showSaved}>
            <Icon name="folder" /> <span className={styles['wide']}>Saved</span>
          </Button>
          <Button aria-label="Share" title="Share this program" onClick={() => setSharing(true)}>
            <Icon name="share" /> <span className={styles['wide']}>Share</span>
          </Button>
          <ThemeToggle />
          <RunButton run={run} disabled={!language.installed} onRun={start} onStop={() => runner.stop()} />
        </div>
      </header>
      <ViewTabs view={view} onChange={setView} problems={ofThisLanguage.length} />
      <main className={styles['main']}>
        <SplitPane
          shown={view === 'code' ? 'first' : 'second'}
          first={
            <section className={styles['pane']} aria-label="Editor">
              <EditorBar workspace={workspace} state={state} />
              {link.problem && <ProblemNotice problem={link.problem} />}
              <div className={styles['fill']}>
                <Editor
                  ref={editor}
                  documentId={`${language.id}/${state.revision}`}
                  initialCode={draft.code}
                  mode={language.editorMode || language.id}
                  fileName={language.entryPoint}
                  diagnostics={ofThisLanguage}
                  onEdit={(code) => workspace.edit({ code })}
                />
              </div>
              <KeyRow keys={touchKeys.code} label="Keys for the editor" />
            </section>
          }
          second={
            <div className={styles['pane']}>
              <div className={styles['fill']}>
                <TerminalPane channel={terminal} run={run}>
                  {run.problem && <ProblemNotice problem={run.problem} />}
                  <ProblemList title={problemsTitle(run)} diagnostics={ofThisLanguage} onGoTo={goTo} />
                  {run.language === language.id && <AssistantOffer run={run} transcript={runner.transcript} workspace={workspace} />}
                </TerminalPane>
              </div>
              <KeyRow keys={touchKeys.terminal} label="Keys for the terminal" />
            </div>
          }
        />
      </main>
      <StatusLine run={run} note={state.stored ? null : 'This browser does not keep your draft: storage is full or forbidden.'} />
      {showingSaved && (
        <Suspense fallback={null}>
          <SavedPrograms workspace={workspace} state={state} languages={languages} onClose={() => setShowingSaved(false)} />
        </Suspense>
      )}
      {sharing && (
        <Suspense fallback={null}>
          <ShareDialog state={state} onClose={() => setSharing(false)} />
        </Suspense>
      )}
    </div>
  )
}

/** Warnings of a program that ran are no failure. */
function problemsTitle({ result }: RunState): string {
  const verdict = result && describe(result)
  return verdict?.tone === 'bad' ? verdict.headline : 'Worth a look'
}

const none: readonly Diagnostic[] = []

/** Stores the draft before the page goes. */
function useKeepDraft(workspace: Workspace): void {
  useEffect(() => {
    const flush = () => workspace.flush()
    window.addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
    }
  }, [workspace])
}
