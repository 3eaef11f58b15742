export const samples = {
  first: ['Talk to the program', 'It asks, you type the answer.'] as readonly [title: string, about: string],
  queens: ['Eight queens', 'A search that takes wrong turns back.'] as readonly [title: string, about: string],
  primes: ['Prime numbers', 'The sieve of Eratosthenes.'] as readonly [title: string, about: string],
  picture: ['A picture in colour', 'The Mandelbrot set, drawn in the terminal.'] as readonly [title: string, about: string],
  automaton: ['A pattern that grows', 'Rule 90: each cell looks at its neighbours.'] as readonly [title: string, about: string],
  plot: ['A plot', 'Curves drawn with Matplotlib into a file.'] as readonly [title: string, about: string],
  tests: ['Tests', 'A function, and tests that say whether it is right.'] as readonly [title: string, about: string],
}
