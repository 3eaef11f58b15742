import { toProblem } from './api/problem'
import styles from './App.module.css'
import { useLanguages } from './languages/languages'
import { useTexts } from './texts/choice'
import { t } from './texts/texts'
import { Button } from './ui/Button'
import { Logo } from './ui/Logo'
import { ProblemNotice } from './ui/ProblemNotice'
import { Workbench } from './Workbench'

/** The workbench, once there is a language to work in. */
export function App() {
  useTexts()
  const languages = useLanguages()
  if (languages.data && languages.data.length > 0) return <Workbench languages={languages.data} />

  return (
    <main className={styles['waiting']}>
      <Logo />
      {languages.isPending && <p role="status">{t.app.gettingLanguages}</p>}
      {languages.isError && (
        <ProblemNotice problem={toProblem(languages.error)}>
          <Button small look="outlined" onClick={() => void languages.refetch()}>{t.app.tryAgain}</Button>
        </ProblemNotice>
      )}
      {languages.isSuccess && <p>{t.app.noLanguage}</p>}
    </main>
  )
}
