import type { Texts } from '../texts'

export const samples: Texts['samples'] = {
  first: ['Mit dem Programm reden', 'Es fragt, und die Antwort wird getippt.'],
  queens: ['Acht Damen', 'Eine Suche, die Irrwege zurückgeht.'],
  primes: ['Primzahlen', 'Das Sieb des Eratosthenes.'],
  picture: ['Ein Bild in Farbe', 'Die Mandelbrot-Menge, ins Terminal gemalt.'],
  automaton: ['Ein Muster, das wächst', 'Regel 90: Jede Zelle sieht auf ihre Nachbarn.'],
  plot: ['Ein Diagramm', 'Kurven, mit Matplotlib in eine Datei gezeichnet.'],
  tests: ['Tests', 'Eine Funktion, und Tests, die sagen, ob sie stimmt.'],
}
