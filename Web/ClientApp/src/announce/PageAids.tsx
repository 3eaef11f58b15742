import { Suspense, lazy, useCallback, useEffect, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { countUse } from '../languages/usage'
import type { View } from '../layout/views'
import type { PageActions } from '../palette/pageActions'
import { useShown } from '../palette/shown'
import { usePageKeys } from '../palette/usePageKeys'
import { t } from '../texts/texts'
import { type Area, focusArea } from './areas'
import styles from './PageAids.module.css'
import type { Speech } from './speech'

const Palette = lazy(() => import('../palette/Palette'))
const Help = lazy(() => import('../help/Help'))

interface PageAidsProps extends Omit<PageActions, 'goTo'> {
  speech: Speech
  /** On a phone an area may have to be shown before it can be focused. */
  onShow: (view: View) => void
}

/** First on the page: ways around it by keyboard, what is said to those who hear it, and what opens over it. */
export function PageAids({ speech, onShow, ...page }: PageAidsProps) {
  const shown = useShown()
  const said = useSyncExternalStore(speech.subscribe, speech.said)
  const online = useSyncExternalStore(subscribeOnline, () => navigator.onLine)
  const goTo = useCallback((area: Area) => {
    if (area !== 'bar') flushSync(() => onShow(area))
    return focusArea(area)
  }, [onShow])
  usePageKeys(page.active, goTo)
  const { active, workspace } = page
  useEffect(() => {
    const { language } = workspace.state()
    if (active && language) countUse(language.id)
  }, [active, workspace])

  return (
    <>
      <nav className={styles['skip']} aria-label={t.app.skip}>
        <button type="button" onClick={() => goTo('code')}>{t.app.toCode}</button>
        <button type="button" onClick={() => goTo('bar')}>{t.app.toRun}</button>
        <button type="button" onClick={() => goTo('terminal')}>{t.app.toTerminal}</button>
      </nav>
      <div className="visually-hidden" style={{ whiteSpace: 'pre-line' }} role="log" aria-live="polite" aria-atomic="true" aria-label={t.announce.label} data-testid="speech">{said}</div>
      <div className={styles['offline']} aria-live="polite" data-testid="offline">{!online && t.app.offline}</div>
      <Suspense fallback={null}>
        {shown?.kind === 'palette' && <Palette actions={{ ...page, goTo }} group={shown.group} />}
        {shown?.kind === 'help' && <Help />}
      </Suspense>
    </>
  )
}

function subscribeOnline(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}
