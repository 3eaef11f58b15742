import { FitAddon } from '@xterm/addon-fit'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { type ITheme, Terminal as Xterm } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { Suspense, lazy, useEffect, useRef, useState } from 'react'
import { leaveHintId } from '../announce/LeaveHint'
import { t } from '../texts/texts'
import { resolveColor, subscribe as onThemeChange } from '../theme/theme'
import styles from './Terminal.module.css'
import type { TerminalChannel } from './channel'
import { addPlaces } from './places'
import { FlowWriter } from './flow'
import { guardRepeats, reset, settled } from './guard'
import { handleKeys, openLink, textOf } from './reading'
import { addTouchScroll } from './touchScroll'

const Search = lazy(() => import('./Search'))

const scrollbackLines = 10_000

export default function Terminal({ channel }: { channel: TerminalChannel }) {
  const host = useRef<HTMLDivElement>(null)
  const [searched, setSearched] = useState<Xterm | null>(null)

  useEffect(() => {
    const element = host.current
    if (!element) return

    const xterm = new Xterm({
      allowProposedApi: true, // The unicode addon needs it.
      cursorBlink: true,
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize: Number.parseFloat(getComputedStyle(element).fontSize),
      lineHeight: 1.25,
      minimumContrastRatio: 4.5,
      screenReaderMode: true,
      scrollback: scrollbackLines,
      linkHandler: { activate: (_, address) => openLink(address) },
      theme: themeOf(element),
    })
    const fit = new FitAddon()
    xterm.loadAddon(fit)
    xterm.loadAddon(new Unicode11Addon())
    xterm.loadAddon(new WebLinksAddon((_, address) => openLink(address)))
    addPlaces(xterm, () => channel.places)
    xterm.unicode.activeVersion = '11'
    xterm.open(element)
    xterm.textarea?.setAttribute('aria-label', t.terminal.input)
    xterm.textarea?.setAttribute('aria-describedby', leaveHintId)
    // It says everything, and at once; the page says what is printed politely and in portions.
    element.querySelector('.live-region')?.setAttribute('aria-live', 'off')
    const search = () => setSearched(xterm)
    handleKeys(xterm, search)
    const flow = new FlowWriter(xterm, guardRepeats(xterm))

    const fitNow = () => {
      // A hidden pane has no size to fit to.
      if (element.clientWidth > 0 && element.clientHeight > 0) fit.fit()
    }
    fitNow()
    const observer = new ResizeObserver(fitNow)
    observer.observe(element)

    xterm.onData((data) => channel.onInput(data))
    xterm.onResize(({ cols, rows }) => channel.onResize({ columns: cols, rows }))
    const detach = channel.attach({
      write: (data) => flow.write(data),
      clear: () => {
        flow.drop()
        flow.write(reset)
      },
      settle: () => flow.write(settled),
      focus: () => xterm.focus(),
      size: () => ({ columns: xterm.cols, rows: xterm.rows }),
      text: () => textOf(xterm),
      search,
    })
    const removeTouchScroll = addTouchScroll(xterm, element)
    const removeThemeListener = onThemeChange(() => {
      xterm.options.theme = themeOf(element)
    })

    return () => {
      removeThemeListener()
      removeTouchScroll()
      detach()
      observer.disconnect()
      xterm.dispose()
    }
  }, [channel])

  return (
    <>
      <div className={styles['host']} ref={host} data-testid="terminal" />
      {searched && <Suspense fallback={null}><Search terminal={searched} onClose={() => setSearched(null)} /></Suspense>}
    </>
  )
}

function themeOf(element: HTMLElement): ITheme {
  const color = (name: string) => resolveColor(`--terminal-${name}`, element)
  const selectionBackground = resolveColor('--code-selection', element)
  const cursor = resolveColor('--accent', element)
  const [background, foreground, black, gray, white] = ['background', 'text', 'black', 'gray', 'white'].map(color)
  const hues = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'].map((hue) => [hue, color(hue)] as const)
  return {
    background,
    foreground,
    cursor,
    selectionBackground,
    black,
    white,
    brightBlack: gray,
    brightWhite: foreground,
    ...Object.fromEntries(hues),
    ...Object.fromEntries(hues.map(([hue, value]) => [`bright${hue.charAt(0).toUpperCase()}${hue.slice(1)}`, value])),
  }
}
