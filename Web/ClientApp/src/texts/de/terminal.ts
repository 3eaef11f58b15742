import type { Texts } from '../texts'

export const terminal: Texts['terminal'] = {
  input: 'Eingabe ins Terminal',
  lead: 'Hier spricht das Programm mit dir.',
  start: 'Auf „Ausführen“ drücken. Wenn das Programm etwas fragt, die Antwort eintippen.',
  find: 'In der Ausgabe suchen',
  nothingFound: 'Nichts gefunden',
  found: (index, count) => `${index} von ${count}`,
  previous: 'Weiter oben',
  next: 'Weiter unten',
  closeSearch: 'Suche schließen',
  copy: 'Auswahl oder ganze Ausgabe kopieren',
  copied: 'Kopiert',
  notCopied: 'Der Browser lässt das Kopieren nicht zu',
  clear: 'Terminal leeren',
}
