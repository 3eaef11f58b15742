import { Fragment, type ReactNode } from 'react'
import styles from './Markdown.module.css'

/**
 * The little Markdown that models write: paragraphs, headings, lists, fenced and inline code, bold, italics. It makes
 * elements, never HTML, so nothing a model says can become anything but text; links stay text, too.
 */
export function Markdown({ text }: { text: string }) {
  return <div className={styles['text']}>{blocks(text).map((block, index) => <Fragment key={index}>{show(block)}</Fragment>)}</div>
}

interface Block {
  kind: 'paragraph' | 'heading' | 'code' | 'bullets' | 'numbers'
  lines: string[]
}

function blocks(text: string): Block[] {
  const found: Block[] = []
  let fenced = false
  let open = false
  for (const line of text.split(/\r?\n/)) {
    const last = found.at(-1)
    if (/^\s*```/.test(line)) {
      if (!fenced) found.push({ kind: 'code', lines: [] })
      fenced = !fenced
      open = false
    } else if (fenced) {
      last?.lines.push(line)
    } else if (line.trim() === '') {
      open = false
    } else {
      const { kind, content } = classify(line)
      if (open && last && (last.kind === kind && kind !== 'heading')) last.lines.push(content)
      else if (open && last && kind === 'paragraph' && (last.kind === 'bullets' || last.kind === 'numbers')) last.lines[last.lines.length - 1] += ` ${content}`
      else found.push({ kind, lines: [content] })
      open = kind !== 'heading'
    }
  }
  return found
}

function classify(line: string): { kind: Block['kind']; content: string } {
  const [, mark, content = ''] = /^\s*(#{1,6}|[-*+]|\d+[.)])\s+(.*)$/.exec(line) ?? []
  if (!mark) return { kind: 'paragraph', content: line.trim() }
  if (mark.startsWith('#')) return { kind: 'heading', content }
  return { kind: /\d/.test(mark) ? 'numbers' : 'bullets', content }
}

function show({ kind, lines }: Block): ReactNode {
  if (kind === 'code') return <pre tabIndex={0}><code>{lines.join('\n')}</code></pre>
  if (kind === 'heading') return <p className={styles['heading']}>{inline(lines[0] ?? '')}</p>
  if (kind === 'paragraph') return <p>{inline(lines.join(' '))}</p>
  const items = lines.map((line, index) => <li key={index}>{inline(line)}</li>)
  return kind === 'numbers' ? <ol>{items}</ol> : <ul>{items}</ul>
}

function inline(text: string): ReactNode[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/).map((part, index) => {
    if (part.length > 2 && part.startsWith('`')) return <code key={index}>{part.slice(1, -1)}</code>
    if (part.length > 4 && part.startsWith('**')) return <strong key={index}>{part.slice(2, -2)}</strong>
    if (part.length > 2 && part.startsWith('*') && part.endsWith('*')) return <em key={index}>{part.slice(1, -1)}</em>
    return part
  })
}
