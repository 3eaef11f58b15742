import { useRef } from 'react'
import styles from './Artifacts.module.css'

/**
 * A page that a program made, with its scripts. The frame's document comes from the server with a policy of its own (`PageHeaders`):
 * no origin, no network, no way out. A `srcdoc` or `blob:` would have ours, under which no script of it runs.
 */
export function PageFrame({ html, title }: { html: string; title: string }) {
  const isFilled = useRef(false)
  return (
    <iframe
      className={styles['frame']}
      title={title}
      src="/frame.html"
      sandbox="allow-scripts"
      referrerPolicy="no-referrer"
      onLoad={(event) => {
        // What it then loads by itself is told nothing.
        if (isFilled.current) return
        isFilled.current = true
        // It has no origin that could be named.
        event.currentTarget.contentWindow?.postMessage(html, '*')
      }}
    />
  )
}
