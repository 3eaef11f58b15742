import { useRef, useState } from 'react'
import { save } from '../files/save'
import { zip } from '../files/zip'
import { t } from '../texts/texts'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import styles from './Exchange.module.css'
import type { CaseBook } from './caseBook'
import { type CaseFile, writeCases } from './cases'
import { readFiles, readPasted, toPairs } from './importing'

interface ExchangeProps {
  book: CaseBook
  onDone: (said: string) => void
  onClose: () => void
}

/** Takes cases in from text and files, and gives them out as files. */
export function Exchange({ book, onDone, onClose }: ExchangeProps) {
  const [text, setText] = useState('')
  const [isUnreadable, setUnreadable] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const { cases, comparison } = book.state()

  const take = (read: CaseFile | null) => {
    setUnreadable(read === null)
    if (!read) return
    book.addAll(read)
    onDone(t.judging.imported(read.cases.length))
    onClose()
  }
  const takeFiles = async (files: FileList | null) => {
    if (!files || files.length === 0) return
    take(readFiles(await Promise.all(Array.from(files, async (file) => ({ name: file.name, text: await file.text() })))))
  }

  return (
    <Dialog title={t.judging.exchange} onClose={onClose}>
      <div className={styles['content']}>
        <p className={styles['hint']}>{t.judging.importHint}</p>
        <textarea className={styles['field']} aria-label={t.judging.importField} rows={6} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
        {isUnreadable && <p className={styles['unreadable']} role="alert">{t.judging.importNothing}</p>}
        <div className={styles['row']}>
          <Button look="primary" disabled={text.trim() === ''} onClick={() => take(readPasted(text))}>{t.judging.importDo}</Button>
          <Button look="outlined" onClick={() => chooser.current?.click()}>{t.judging.importFiles}</Button>
          <input ref={chooser} type="file" multiple hidden aria-label={t.judging.importFiles} onChange={(event) => void takeFiles(event.target.files)} />
          <span className={styles['hint']}>{t.judging.importFilesHint}</span>
        </div>
        {cases.length > 0 && (
          <div className={styles['row']} data-apart="true">
            <span className={styles['label']}>{t.judging.export}</span>
            <Button look="outlined" onClick={() => save('tests.json', new Blob([writeCases(cases, comparison)], { type: 'application/json' }))}>{t.judging.exportJson}</Button>
            <Button look="outlined" onClick={() => void zip(toPairs(cases)).then((archive) => save('tests.zip', archive))}>{t.judging.exportPairs}</Button>
          </div>
        )}
      </div>
    </Dialog>
  )
}
