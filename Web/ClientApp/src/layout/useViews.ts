import { useCallback, useState } from 'react'
import type { OutputView, View } from './views'

interface Views {
  /** Where only one pane fits. */
  view: View
  /** Of the second pane, whether it is seen or not. */
  output: OutputView
  show: (view: View) => void
  /** Whether it was ever looked at: until then it costs nothing. */
  wasShown: (view: OutputView) => boolean
}

/** Which view is shown; pictures only as long as there are any. */
export function useViews(hasPictures: boolean): Views {
  const [isCode, setCode] = useState(true)
  const [chosen, setChosen] = useState<OutputView>('terminal')
  const [seen, setSeen] = useState<readonly OutputView[]>([])
  const show = useCallback((view: View) => {
    setCode(view === 'code')
    if (view === 'code') return
    setChosen(view)
    setSeen((before) => (before.includes(view) ? before : [...before, view]))
  }, [])

  const output = chosen === 'pictures' && !hasPictures ? 'terminal' : chosen
  return { view: isCode ? 'code' : output, output, show, wasShown: (view) => seen.includes(view) }
}
