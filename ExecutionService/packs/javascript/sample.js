// Greets you, then takes a number apart into its prime factors.
import { createInterface } from "node:readline";
import { stdin, stdout } from "node:process";

const lines = createInterface({ input: stdin })[Symbol.asyncIterator]();

async function ask(question) {
  stdout.write(question);
  const { value: line = "" } = await lines.next();
  return line.trim();
}

function* primeFactors(number) {
  for (let divisor = 2; divisor * divisor <= number; divisor++) {
    while (number > divisor && number % divisor === 0) {
      yield divisor;
      number /= divisor;
    }
  }
  yield number;
}

function pretty([prime, power]) {
  const superscript = [...String(power)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("");
  return power === 1 ? prime : prime + superscript;
}

const name = (await ask("What is your name? ")) || "stranger";
console.log(`Hello, ${name}!`);

const answer = await ask("A whole number from 2 to a billion: ");
const number = Number(answer);
if (Number.isInteger(number) && number >= 2 && number <= 1e9) {
  const powers = new Map();
  for (const prime of primeFactors(number)) powers.set(prime, (powers.get(prime) ?? 0) + 1);
  console.log(number, "=", [...powers].map(pretty).join(" × "));
} else {
  console.error(`“${answer}” is not such a number.`);
  process.exitCode = 1;
}
stdin.destroy();
