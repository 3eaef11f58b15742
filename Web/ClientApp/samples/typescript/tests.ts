// A function, and tests that say whether it is right. Break it, or give it a text, and run again.
type Test = () => [is: string, shouldBe: string]

function roman(number: number): string {
  const signs: [number, string][] = [
    [1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'],
    [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I'],
  ]
  let written = ''
  for (const [value, sign] of signs) {
    written += sign.repeat(Math.floor(number / value))
    number %= value
  }
  return written
}

const tests: Record<string, Test> = {
  'ones are repeated': () => [roman(3), 'III'],
  'four is one before five': () => [roman(4), 'IV'],
  'a long one': () => [roman(3888), 'MMMDCCCLXXXVIII'],
}

const failed = Object.entries(tests).filter(([name, test]) => {
  const [is, shouldBe] = test()
  console.log(is === shouldBe ? `\x1b[32m✓\x1b[0m ${name}` : `\x1b[31m✗\x1b[0m ${name}: ${is} instead of ${shouldBe}`)
  return is !== shouldBe
})
console.log(failed.length === 0 ? 'All tests passed' : `${failed.length} failed`)
