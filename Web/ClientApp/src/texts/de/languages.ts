import type { Texts } from '../texts'

export const languages: Texts['languages'] = {
  language: 'Sprache:',
  languages: 'Sprachen',
  search: 'Sprachen suchen',
  notInstalled: 'nicht installiert',
  recent: 'Zuletzt benutzt',
  often: 'Oft benutzt',
  all: 'Alle Sprachen',
  missing: 'Nicht auf diesem Server',
  unknown: (query) => `Keine Sprache heißt hier „${query}“.`,
}
