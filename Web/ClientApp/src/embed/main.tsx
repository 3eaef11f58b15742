import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { type Problem, problem, toProblem } from '../api/problem'
import '../styles/tokens.css'
import '../styles/base.css'
import { chooseTexts, t } from '../texts/texts'
import { ProblemNotice } from '../ui/ProblemNotice'
import { Embed } from './Embed'
import styles from './Embed.module.css'
import { readOptions } from './options'
import { type EmbeddedProgram, loadProgram } from './program'

const options = readOptions(window.location)
if (options.theme) document.documentElement.dataset['theme'] = options.theme

function Frame() {
  const [found, setFound] = useState<EmbeddedProgram | Problem | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    loadProgram(options, leaving.signal).then(
      (program) => setFound(program ?? problem(t.embed.nothing, t.embed.nothingDetail)),
      (error: unknown) => {
        if (!leaving.signal.aborted) setFound(toProblem(error))
      },
    )
    return () => leaving.abort()
  }, [])

  if (!found) return <main className={styles['waiting']}><p role="status">{t.embed.loading}</p></main>
  if ('language' in found) return <Embed program={found} options={options} />
  return <main><ProblemNotice problem={found} /></main>
}

const root = document.getElementById('root')
if (!root) throw new Error('embed.html has no #root')

await chooseTexts(navigator.languages)

createRoot(root).render(<StrictMode><Frame /></StrictMode>)
