// The Mandelbrot set: two pixels in each character, coloured by how soon a point escapes.
const width = 72
const height = 44
const steps = 60

function escape(a, b) {
  for (let x = 0, y = 0, step = 0; step < steps; step++) {
    ;[x, y] = [x * x - y * y + a, 2 * x * y + b]
    if (x * x + y * y > 4) return step
  }
  return null
}

function color(column, row) {
  const step = escape(-2.1 + (2.9 * column) / width, -1.2 + (2.4 * row) / height)
  if (step === null) return '0;0;0'
  const heat = Math.sqrt(step / steps)
  return [255 * heat, 180 * heat ** 2, 80 + 175 * (1 - heat)].map(Math.floor).join(';')
}

for (let row = 0; row < height; row += 2) {
  let line = ''
  for (let column = 0; column < width; column++) {
    line += `\x1b[38;2;${color(column, row)};48;2;${color(column, row + 1)}m▀`
  }
  console.log(`${line}\x1b[0m`)
}
