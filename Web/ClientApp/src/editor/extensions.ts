import { type CompletionContext, autocompletion, closeBrackets, closeBracketsKeymap, completeAnyWord, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { StreamLanguage, type LanguageSupport, bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap, nextDiagnostic, previousDiagnostic } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state'
import {
  EditorView,
  crosshairCursor,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view'
import type { Settings } from '../settings/settings'
import { t } from '../texts/texts'
import { hasCommandKey } from '../ui/platform'
import type { FileKind } from './fileKind'
import { indentationFolding } from './folding'
import { indentOf } from './indentation'
import { theme } from './theme'

/** Holds the language's highlighting, which arrives later than the text. */
export const modeSlot = new Compartment()
/** Holds the keys of another editor, which come before all others. */
export const keysSlot = new Compartment()
/** Holds what the settings, and the file's name, say. */
export const settingsSlot = new Compartment()
/** Holds who is told of edits: a kept state outlives whoever was told before. */
export const listenerSlot = new Compartment()

/** Words of the program complete everywhere, beside what the language's own completion knows. */
const words = EditorState.languageData.of(() => [{
  autocomplete: async (context: CompletionContext) => {
    const found = await completeAnyWord(context)
    // Of no type: what the language knows as well is then offered once.
    return found && { ...found, options: found.options.map(({ label }) => ({ label })) }
  },
}])

/** Everything that is the same for every file. */
export function editorExtensions(): Extension {
  return [
    keysSlot.of([]),
    lineNumbers(),
    lintGutter(),
    foldGutter({ markerDOM: foldMarker }),
    indentationFolding,
    highlightActiveLineGutter(),
    highlightActiveLine(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    dropCursor(),
    EditorState.allowMultipleSelections.of(true),
    EditorView.clickAddsSelectionRange.of((event) => event.altKey || hasCommandKey(event)),
    rectangularSelection(),
    crosshairCursor(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ activateOnTypingDelay: 250 }),
    words,
    search({ top: true }),
    highlightSelectionMatches(),
    EditorState.phrases.of(t.editor.phrases),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      { key: 'F8', run: nextDiagnostic, shift: previousDiagnostic, preventDefault: true },
      ...lintKeymap,
      // Escape, then Tab, leaves the editor: CodeMirror's own way out for keyboards.
      indentWithTab,
    ]),
    theme,
    modeSlot.of([]),
    settingsSlot.of([]),
    listenerSlot.of([]),
  ]
}

/** What the file's name and the settings decide. */
export function fileExtensions(code: string, fileName: string, settings: Settings): Extension {
  return [
    EditorState.tabSize.of(settings.tabWidth),
    indentUnit.of(indentOf(code, fileName, settings.indentation)),
    settings.wrap ? EditorView.lineWrapping : [],
    EditorView.contentAttributes.of({
      'aria-label': t.editor.codeOf(fileName),
      'data-testid': 'editor',
      tabindex: '0',
      autocapitalize: 'off',
      spellcheck: 'false',
    }),
  ]
}

/** Highlighting, and comments as the language list says: a borrowed highlighter may have another language's. */
export function modeExtensions(support: LanguageSupport | null, { lineComment, blockComment }: FileKind): Extension {
  const commentTokens = {
    ...(lineComment && { line: lineComment }),
    ...(blockComment && { block: { open: blockComment.start, close: blockComment.end } }),
  }
  const comments = lineComment || blockComment ? EditorState.languageData.of(() => [{ commentTokens }]) : []
  // A real grammar knows where in a file which comments are right.
  const isGrammar = support !== null && !(support.language instanceof StreamLanguage)
  return [isGrammar ? Prec.low(comments) : Prec.high(comments), support ?? []]
}

export function listener(onEdit: (code: string) => void): Extension {
  return EditorView.updateListener.of((update) => {
    if (update.docChanged) onEdit(update.state.doc.toString())
  })
}

function foldMarker(open: boolean): HTMLElement {
  const marker = document.createElement('span')
  marker.className = 'cm-fold-marker'
  marker.dataset['open'] = String(open)
  marker.title = open ? t.editor.fold : t.editor.unfold
  return marker
}
