import { toProblem } from './api/problem'
import styles from './App.module.css'
import { useLanguages } from './languages/languages'
import { Button } from './ui/Button'
import { Logo } from './ui/Logo'
import { ProblemNotice } from './ui/ProblemNotice'
import { Workbench } from './Workbench'

/** The workbench, once there is a language to work in. */
export function App() {
  const languages = useLanguages()
  if (languages.data && languages.data.length > 0) return <Workbench languages={languages.data} />

  return (
    <main className={styles['waiting']}>
      <Logo />
      {languages.isPending && <p role="status">Getting the languages…</p>}
      {languages.isError && (
        <ProblemNotice problem={toProblem(languages.error)}>
          <Button small look="outlined" onClick={() => void languages.refetch()}>Try again</Button>
        </ProblemNotice>
      )}
      {languages.isSuccess && <p>No language is installed on this server yet.</p>}
    </main>
  )
}
