import type { Texts } from '../texts'

export const options: Texts['options'] = {
  options: 'Optionen der Ausführung',
  short: 'Optionen',
  someSet: 'es sind welche gesetzt',
  version: 'Version',
  usualVersion: (version) => `${version} (üblich)`,
  arguments: 'Argumente',
  argumentsExample: 'z. B. --anzahl 3 "zwei Wörter"',
  compilerArguments: 'Argumente des Compilers',
  compilerArgumentsExample: 'z. B. -O2 -Wall',
  stdin: 'Standardeingabe',
  stdinExplained: 'Das Programm liest dies und dann das Ende der Eingabe. Leer lassen, um im Terminal zu antworten.',
}
