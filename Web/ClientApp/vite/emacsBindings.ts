import type { Plugin } from 'vite'

/**
 * The Emacs keys' package marks the calls that bind its keys as free of effects, so that a build would leave them out and every key
 * would do nothing. Takes the marks away.
 */
export function keepEmacsBindings(): Plugin {
  const mark = '/*@__PURE__*/EmacsHandler.'
  return {
    name: 'keep-emacs-bindings',
    apply: 'build',
    transform: {
      filter: { id: /@replit\/codemirror-emacs\/dist\/index\.js$/ },
      handler: (code) => ({ code: code.replaceAll(mark, 'EmacsHandler.'), map: null }),
    },
  }
}
