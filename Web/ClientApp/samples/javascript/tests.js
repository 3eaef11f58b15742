// A function, and tests that say whether it is right. Break it and run again.
const assert = require('node:assert/strict')

function roman(number) {
  const signs = { M: 1000, CM: 900, D: 500, CD: 400, C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1 }
  let written = ''
  for (const [sign, value] of Object.entries(signs)) {
    written += sign.repeat(Math.floor(number / value))
    number %= value
  }
  return written
}

const tests = {
  'ones are repeated': () => assert.equal(roman(3), 'III'),
  'four is one before five': () => assert.equal(roman(4), 'IV'),
  'long ones': () => {
    assert.equal(roman(1994), 'MCMXCIV')
    assert.equal(roman(3888), 'MMMDCCCLXXXVIII')
  },
}

let failed = 0
for (const [name, test] of Object.entries(tests)) {
  try {
    test()
    console.log(`\x1b[32m✓\x1b[0m ${name}`)
  } catch (error) {
    failed++
    console.log(`\x1b[31m✗\x1b[0m ${name}: ${error.message}`)
  }
}
console.log(failed === 0 ? 'All tests passed' : `${failed} failed`)
