import { Suspense, lazy, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import styles from './App.module.css'
import { LeaveHint } from './announce/LeaveHint'
import { PageAids } from './announce/PageAids'
import { useShowPictures } from './artifacts/useShowPictures'
import { AssistantOffer } from './assistant/AssistantOffer'
import { contentOf } from './drafts/draft'
import { toRequest, toRun } from './drafts/request'
import type { Workspace } from './drafts/workspace'
import { Editor } from './editor/Editor'
import { EditorBar } from './editor/EditorBar'
import type { EditorHandle } from './editor/editorProps'
import { kindOf } from './editor/fileKind'
import { useFiles } from './editor/useFiles'
import type { Diagnostic } from './execution/frames'
import { describe } from './execution/outcome'
import { ProblemList } from './execution/ProblemList'
import { RunButton } from './execution/RunButton'
import { type RunState, isActive } from './execution/runState'
import { StatusLine } from './execution/StatusLine'
import { useReattach } from './execution/useReattach'
import { FileDrop } from './files/FileDrop'
import { summarize } from './judging/judge'
import { useCases } from './judging/useCases'
import { LanguagePicker } from './languages/LanguagePicker'
import type { Language } from './languages/languages'
import { KeyRow } from './layout/KeyRow'
import { OutputPane } from './layout/OutputPane'
import { SplitPane } from './layout/SplitPane'
import { ViewTabs } from './layout/ViewTabs'
import { editorKeys, terminalKeys } from './layout/keys'
import { useViews } from './layout/useViews'
import { outputTabs } from './layout/views'
import { PaletteButton } from './palette/PaletteButton'
import { KeepNotice } from './sessions/KeepNotice'
import { ProgramsButton } from './sessions/ProgramsButton'
import { useKeeper } from './sessions/useKeeper'
import { SharedNotice } from './sharing/SharedNotice'
import { useLink } from './sharing/useLink'
import { TerminalPane } from './terminal/TerminalPane'
import { TerminalTools } from './terminal/TerminalTools'
import { t } from './texts/texts'
import { ThemeToggle } from './theme/ThemeToggle'
import { Button } from './ui/Button'
import { Icon } from './ui/Icon'
import { Logo } from './ui/Logo'
import { ProblemNotice } from './ui/ProblemNotice'
import { useShortcuts } from './useShortcuts'
import { useStores } from './useStores'

const ArtifactsPane = lazy(() => import('./artifacts/ArtifactsPane'))
const ArtifactStrip = lazy(() => import('./artifacts/ArtifactStrip'))
const TestsPane = lazy(() => import('./judging/TestsPane'))
const Programs = lazy(() => import('./sessions/Programs'))
const ShareDialog = lazy(() => import('./sharing/ShareDialog'))

export function Workbench({ languages }: { languages: readonly Language[] }) {
  const { terminal, speech, artifacts, runner, workspace, book, judge, run, state, left, cases, judged } = useStores()
  const editor = useRef<EditorHandle>(null)
  const views = useViews(left.length > 0)
  const { show } = views
  const [chosenFile, setChosenFile] = useState<string | null>(null)
  const [showingSaved, setShowingSaved] = useState(false)
  const [sharing, setSharing] = useState(false)
  const link = useLink(workspace, languages)
  const { keeper, keeping } = useKeeper(workspace, languages, run)
  useKeepDraft(workspace)
  const showCode = useCallback(() => show('code'), [show])
  const files = useFiles(workspace, terminal, showCode)
  useCases(book, judge, state)
  useShowPictures(runner, artifacts, show)
  const showTerminal = useCallback(() => show('terminal'), [show])
  useReattach(runner, showTerminal)

  const start = useCallback(() => {
    const { language, draft } = workspace.state()
    if (!language || !draft) return
    workspace.flush()
    show('terminal')
    runner.start(toRun(workspace.state()))
  }, [runner, workspace, show])

  const toggleRun = useCallback(() => (isActive(runner.state()) ? runner.stop() : start()), [runner, start])
  const showSaved = useCallback(() => setShowingSaved(true), [])
  useShortcuts(toggleRun, showSaved)

  const touchKeys = useMemo(
    () => ({ code: editorKeys(() => editor.current), terminal: terminalKeys((data) => terminal.onInput(data)) }),
    [terminal],
  )

  const { language, draft } = state
  if (link.isWaiting) return <main className={styles['waiting']}><Logo /><p role="status">{t.sharing.opening}</p></main>
  if (!language || !draft) return null

  const showFile = (path: string) => {
    setChosenFile(path)
    show('pictures')
  }
  const ofThisLanguage = run.language === language.id ? run.diagnostics : none
  const tabs = outputTabs({ problems: ofThisLanguage.length, artifacts: left, tests: summarize(cases, judged) })

  return (
    <div className={styles['page']}>
      <PageAids
        languages={languages}
        workspace={workspace}
        active={isActive(run)}
        speech={speech}
        onRun={start}
        onStop={() => runner.stop()}
        onSaved={showSaved}
        onShare={() => setSharing(true)}
        onShow={show}
      />
      <header className={styles['header']}>
        <Logo />
        <LanguagePicker languages={languages} current={language} onPick={(picked) => workspace.open(picked)} />
        <div className={styles['actions']}>
          <ProgramsButton keeping={keeping} onClick={showSaved} />
          <Button aria-label={t.sharing.share} title={t.sharing.title} onClick={() => setSharing(true)}>
            <Icon name="share" /> <span className={styles['wide']}>{t.sharing.share}</span>
          </Button>
          <span className={styles['roomy']}><ThemeToggle /></span>
          <PaletteButton />
          <RunButton run={run} disabled={!language.installed} onRun={start} onStop={() => runner.stop()} />
        </div>
      </header>
      <ViewTabs view={views.view} onChange={show} outputs={tabs} />
      <main className={styles['main']}>
        <SplitPane
          shown={views.view === 'code' ? 'first' : 'second'}
          first={
            <section className={styles['pane']} aria-label={t.editor.editor}>
              <FileDrop onDrop={files.bring}>
                <EditorBar workspace={workspace} state={state} panel={panel} refusals={files.refusals} onBring={files.bring} onDismissRefusals={files.dismissRefusals} onAdded={files.write} />
                {link.problem && <ProblemNotice problem={link.problem} />}
                <SharedNotice shared={link.shared} keeper={keeper} />
                <div className={styles['fill']} id={panel} role="tabpanel" aria-label={draft.active}>
                  <Editor
                    ref={editor}
                    documentId={workspace.documentOf(draft.active)}
                    initialCode={contentOf(draft, draft.active)}
                    kind={kindOf(draft.active, language, languages)}
                    fileName={draft.active}
                    diagnostics={ofThisLanguage}
                    place={files.place?.path === draft.active ? files.place : null}
                    onEdit={(code) => workspace.editFile(draft.active, code)}
                  />
                </div>
                {/* Below, for it comes while somebody types, and the code must not move. */}
                <KeepNotice keeper={keeper} keeping={keeping} />
                <KeyRow keys={touchKeys.code} label={t.layout.editorKeys} />
              </FileDrop>
            </section>
          }
          second={
            <OutputPane
              tabs={tabs}
              current={views.output}
              onChange={show}
              tools={views.output === 'terminal' && <><LeaveHint /><TerminalTools channel={terminal} disabled={run.phase === 'idle'} /></>}
              panels={{
                terminal: (
                  <div className={styles['pane']}>
                    <div className={styles['fill']}>
                      <TerminalPane
                        channel={terminal}
                        run={run}
                        below={left.length > 0 && <Suspense fallback={null}><ArtifactStrip artifacts={left} onShow={showFile} /></Suspense>}
                      >
                        {run.problem && <ProblemNotice problem={run.problem} />}
                        <ProblemList title={problemsTitle(run)} diagnostics={ofThisLanguage} onGoTo={files.goTo} />
                        {run.language === language.id && <AssistantOffer run={run} transcript={runner.transcript} workspace={workspace} />}
                      </TerminalPane>
                    </div>
                    <KeyRow keys={touchKeys.terminal} label={t.layout.terminalKeys} />
                  </div>
                ),
                pictures: views.output === 'pictures' && (
                  <Suspense fallback={null}><ArtifactsPane artifacts={left} chosen={chosenFile} onChoose={setChosenFile} /></Suspense>
                ),
                tests: views.wasShown('tests') && (
                  <Suspense fallback={null}>
                    <TestsPane
                      book={book}
                      judge={judge}
                      program={toRequest(state)}
                      isInstalled={language.installed}
                      typed={() => (runner.state().phase === 'idle' ? null : runner.typed)}
                      onGoTo={files.goTo}
                    />
                  </Suspense>
                ),
              }}
            />
          }
        />
      </main>
      <StatusLine run={run} note={state.stored ? null : t.app.notStored} />
      {showingSaved && (
        <Suspense fallback={null}>
          <Programs workspace={workspace} state={state} languages={languages} keeper={keeper} onClose={() => setShowingSaved(false)} />
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
  return verdict?.tone === 'bad' ? verdict.headline : t.run.worthALook
}

/** Names the element that shows the chosen file. */
const panel = 'code'

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
