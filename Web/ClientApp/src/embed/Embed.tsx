import { Suspense, lazy, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { fromContent } from '../drafts/content'
import { toRun } from '../drafts/request'
import { kindOf } from '../editor/fileKind'
import { connect } from '../execution/connection'
import { RunButton } from '../execution/RunButton'
import { type RunState, isActive } from '../execution/runState'
import { Runner } from '../execution/runner'
import { describe, formatTime } from '../execution/outcome'
import { TerminalChannel } from '../terminal/channel'
import { t } from '../texts/texts'
import { ProblemNotice } from '../ui/ProblemNotice'
import { hasCommandKey } from '../ui/platform'
import styles from './Embed.module.css'
import { tellHeight } from './height'
import type { EmbedOptions } from './options'
import { type EmbeddedProgram, addressOutside } from './program'

const EmbedEditor = lazy(() => import('./EmbedEditor'))
const Terminal = lazy(() => import('../terminal/Terminal'))

/** A program in somebody else's page: to read, to change, to run, and to take along. */
export function Embed({ program, options }: { program: EmbeddedProgram; options: EmbedOptions }) {
  const { language, content } = program
  const [{ terminal, runner }] = useState(() => {
    const channel = new TerminalChannel()
    return { terminal: channel, runner: new Runner(channel, connect) }
  })
  const run = useSyncExternalStore(runner.subscribe, runner.state)
  const [files, setFiles] = useState(content.files)
  const [active, setActive] = useState(content.entryPoint || (content.files[0]?.path ?? ''))
  const shown = files.find((file) => file.path === active)
  const started = run.phase !== 'idle'

  const toggle = () => {
    if (isActive(runner.state())) return runner.stop()
    runner.start(toRun({ language, draft: { ...fromContent(content), files } }))
  }
  useRunKey(toggle)
  const lines = useMemo(() => Math.max(...files.map((file) => file.content.split('\n').length)), [files])
  useEffect(() => tellHeight(options, { lines, tabs: files.length > 1, started }), [options, lines, files.length, started])

  return (
    <main className={styles['frame']} data-started={started}>
      {files.length > 1 && (
        <div className={styles['files']} role="group" aria-label={t.embed.files}>
          {files.map(({ path }) => (
            <button type="button" key={path} aria-pressed={path === active} onClick={() => setActive(path)}>{path}</button>
          ))}
        </div>
      )}
      <section className={styles['code']} aria-label={t.embed.code}>
        {shown && (
          <Suspense fallback={<pre className={styles['plain']}>{shown.content}</pre>}>
            <EmbedEditor
              key={active}
              path={shown.path}
              code={shown.content}
              kind={kindOf(shown.path, language, [])}
              readOnly={options.readOnly}
              lineNumbers={options.lineNumbers}
              onEdit={(code) => setFiles((all) => all.map((file) => (file.path === active ? { ...file, content: code } : file)))}
            />
          </Suspense>
        )}
      </section>
      {run.problem && <ProblemNotice problem={run.problem} />}
      {started && (
        <section className={styles['output']} aria-label={t.embed.output}>
          <Suspense fallback={null}><Terminal channel={terminal} /></Suspense>
        </section>
      )}
      <footer className={styles['bar']}>
        <RunButton run={run} disabled={!language.installed} onRun={toggle} onStop={() => runner.stop()} />
        <span className={styles['status']} role="status" data-testid="status" data-phase={run.phase}>{wordsFor(run) ?? language.name}</span>
        <a href={addressOutside(program, files, options.snapshot)} target="_blank" rel="noopener">{t.embed.openHere}</a>
      </footer>
    </main>
  )
}

function useRunKey(toggle: () => void): void {
  const latest = useRef(toggle)
  useEffect(() => {
    latest.current = toggle
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !hasCommandKey(event)) return
      event.preventDefault()
      event.stopPropagation()
      latest.current()
    }
    // Before the editor, which would begin a new line.
    window.addEventListener('keydown', pressed, { capture: true })
    return () => window.removeEventListener('keydown', pressed, { capture: true })
  }, [])
}

function wordsFor({ phase, result }: RunState): string | null {
  if (phase !== 'finished' || !result) return null
  const { headline, measured } = describe(result)
  return measured ? `${headline} · ${formatTime(measured.wallTimeMs)}` : headline
}
