// Eight queens on a chessboard, none of which attacks another.
const size = Number(process.argv[2] ?? 8)

/** Every way to put a queen into each of the remaining rows. */
function* place(columns) {
  const row = columns.length
  if (row === size) {
    yield columns
    return
  }
  for (let column = 0; column < size; column++) {
    const safe = columns.every((other, above) => column !== other && Math.abs(column - other) !== row - above)
    if (safe) yield* place([...columns, column])
  }
}

const solutions = [...place([])]
for (const queen of solutions[0]) {
  console.log(Array.from({ length: size }, (_, column) => (column === queen ? '♛' : '·')).join(' '))
}
console.log(`${solutions.length} solutions`)
