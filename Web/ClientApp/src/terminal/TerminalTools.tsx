import { useEffect, useState } from 'react'
import { t } from '../texts/texts'
import { IconButton } from '../ui/Button'
import type { TerminalChannel } from './channel'

const saidForMs = 1_600

/** What can be done with the output. */
export function TerminalTools({ channel, disabled }: { channel: TerminalChannel; disabled: boolean }) {
  const [said, setSaid] = useState<'copied' | 'notCopied' | null>(null)
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(null), saidForMs)
    return () => clearTimeout(timer)
  }, [said])

  const copy = () => {
    // Without a secure connection there is no clipboard.
    const copying = navigator.clipboard?.writeText(channel.text()) ?? Promise.reject(new Error('No clipboard'))
    copying.then(() => setSaid('copied'), () => setSaid('notCopied'))
  }

  return (
    <>
      <span className="visually-hidden" aria-live="polite">{said && t.terminal[said]}</span>
      <IconButton icon="search" label={t.terminal.find} disabled={disabled} onClick={() => channel.search()} />
      <IconButton icon={said === 'copied' ? 'check' : said ? 'warning' : 'copy'} label={said === 'notCopied' ? t.terminal.notCopied : t.terminal.copy} disabled={disabled} onClick={copy} />
      <IconButton icon="clear" label={t.terminal.clear} disabled={disabled} onClick={() => channel.clear()} />
    </>
  )
}
