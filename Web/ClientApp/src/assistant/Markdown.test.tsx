import { render } from '@testing-library/react'
import { Markdown } from './Markdown'

const html = (text: string) => render(<Markdown text={text} />).container.firstElementChild?.innerHTML

it('shows paragraphs, code, bold and italics', () => {
  expect(html('The name `nam` is **not**\n*declared*.\n\nNext.')).toBe(
    '<p>The name <code>nam</code> is <strong>not</strong> <em>declared</em>.</p><p>Next.</p>',
  )
})

it('shows lists and fenced code', () => {
  expect(html('1. one\n2. two\n\n- a\n  more\n- b\n\n```py\nx = 1\n\n- y\n```')).toBe(
    '<ol><li>one</li><li>two</li></ol><ul><li>a more</li><li>b</li></ul><pre tabindex="0"><code>x = 1\n\n- y</code></pre>',
  )
})

it('shows what is still being written', () => {
  expect(html('Look:\n```py\nx = ')).toBe('<p>Look:</p><pre tabindex="0"><code>x = </code></pre>')
})

it('never makes elements of what a model says', () => {
  expect(html('<img src=x onerror=alert(1)> [link](javascript:alert(1))')).toBe('<p>&lt;img src=x onerror=alert(1)&gt; [link](javascript:alert(1))</p>')
})

it('leaves stars of a calculation alone', () => {
  expect(html('2 * 3 * 4')).toBe('<p>2 * 3 * 4</p>')
})
