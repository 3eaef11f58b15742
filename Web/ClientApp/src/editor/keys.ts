import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import type { Settings } from '../settings/settings'

/** The keys of another editor, loaded by those who want them. */
export async function loadKeys(style: Settings['keys']): Promise<Extension> {
  switch (style) {
    case 'usual':
      return []
    case 'vim': {
      const { vim } = await import('@replit/codemirror-vim')
      return [wayOut, vim({ status: true })]
    }
    case 'emacs': {
      const { emacs } = await import('@replit/codemirror-emacs')
      return [wayOut, emacs()]
    }
  }
}

const wayOutMs = 2_000

/** Escape is theirs, so CodeMirror does not see it: Tab after it must leave the editor all the same. */
const wayOut = EditorView.domEventObservers({
  keydown: (event, view) => {
    if (event.key === 'Escape') view.setTabFocusMode(wayOutMs)
  },
})
