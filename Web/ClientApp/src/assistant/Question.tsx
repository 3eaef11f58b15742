import { useState } from 'react'
import { t } from '../texts/texts'
import { Button } from '../ui/Button'
import styles from './AssistantOffer.module.css'

/** What somebody wants to know of their program. */
export function Question({ onAsk }: { onAsk: (question: string) => void }) {
  const [question, setQuestion] = useState('')
  return (
    <form
      className={styles['question']}
      onSubmit={(event) => {
        event.preventDefault()
        if (question.trim() !== '') onAsk(question.trim())
      }}
    >
      <input
        value={question}
        maxLength={4_096}
        aria-label={t.assistant.question}
        placeholder={t.assistant.question}
        onChange={(event) => setQuestion(event.target.value)}
      />
      <Button small look="outlined" type="submit" disabled={question.trim() === ''}>{t.assistant.ask}</Button>
    </form>
  )
}
