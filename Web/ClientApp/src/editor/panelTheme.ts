import { EditorView } from '@codemirror/view'

const field = {
  minHeight: 'max(30px, calc(var(--target) - 6px))',
  margin: '3px 6px 3px 0',
  border: '1px solid var(--line-strong)',
  borderRadius: 'var(--radius)',
  backgroundColor: 'var(--surface)',
  backgroundImage: 'none',
  color: 'var(--text)',
}

/** Find and replace, the list of problems, and the status of Vim: as the page's own fields and buttons look. */
export const panels = EditorView.theme({
  '.cm-panels': { backgroundColor: 'var(--surface-sunken)', color: 'var(--text)', borderColor: 'var(--line)', zIndex: '6' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-panel.cm-search, .cm-panel.cm-dialog': {
    padding: '5px 44px 5px 12px',
    fontFamily: 'var(--font-ui)',
    fontSize: 'var(--text-small)',
  },
  '.cm-panel.cm-search > *, .cm-panel.cm-dialog > *': { verticalAlign: 'middle' },
  '.cm-panel .cm-textfield': { ...field, width: '240px', maxWidth: '100%', padding: '0 10px', fontFamily: 'var(--font-code)', fontSize: 'var(--text-code)' },
  '.cm-panel .cm-textfield:focus-visible': { outline: '2px solid var(--accent)', outlineOffset: '0' },
  '.cm-panel .cm-textfield::placeholder': { color: 'var(--text-muted)', opacity: '1' },
  '.cm-panel .cm-button': { ...field, padding: '0 10px', borderColor: 'var(--line)', backgroundColor: 'var(--surface-raised)', fontWeight: '500', fontFamily: 'var(--font-ui)', fontSize: 'var(--text-small)' },
  '.cm-panel .cm-button:hover': { backgroundColor: 'var(--hover)' },
  '.cm-panel .cm-button:active': { backgroundImage: 'none', backgroundColor: 'var(--accent-soft)' },
  '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', gap: '6px', minHeight: '28px', margin: '0 6px 0 4px', fontSize: 'var(--text-small)', whiteSpace: 'nowrap' },
  '.cm-panel.cm-search input[type=checkbox]': { width: '16px', height: '16px', margin: '0', accentColor: 'var(--accent)' },
  '.cm-panel.cm-search button[name=close], .cm-panel.cm-dialog .cm-dialog-close': {
    position: 'absolute',
    insetBlockStart: '6px',
    insetInlineEnd: '8px',
    width: 'max(30px, var(--target))',
    height: 'max(30px, var(--target))',
    border: '0',
    borderRadius: 'var(--radius)',
    backgroundColor: 'transparent',
    color: 'var(--text-muted)',
    fontSize: '20px',
  },
  '.cm-panel.cm-search button[name=close]:hover': { backgroundColor: 'var(--hover)', color: 'var(--text)' },
  '.cm-panel.cm-panel-lint': { fontFamily: 'var(--font-ui)' },
  '.cm-panel.cm-panel-lint ul [aria-selected]': { backgroundColor: 'var(--accent-soft)' },
  '.cm-panels .cm-vim-panel': { backgroundColor: 'var(--surface-sunken)', minHeight: '28px', padding: '2px 12px', fontFamily: 'var(--font-code)', fontSize: 'var(--text-small)' },
  '.cm-panels .cm-vim-panel input': { outline: 'none', backgroundColor: 'transparent', color: 'var(--text)', fontFamily: 'inherit', fontSize: 'inherit' },
  '&:not(.cm-focused) .cm-scroller .cm-fat-cursor': { backgroundColor: 'transparent', outline: '1px solid var(--accent)', color: 'transparent !important' },
  '&.cm-focused .cm-scroller .cm-fat-cursor': { backgroundColor: 'var(--accent)', color: 'var(--on-accent) !important' },
})
