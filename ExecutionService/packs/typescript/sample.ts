// Greets you, then takes a number apart into its prime factors.
import { createInterface } from "node:readline";
import { stdin, stdout } from "node:process";

interface Factor {
  readonly prime: number;
  power: number;
}

const lines = createInterface({ input: stdin })[Symbol.asyncIterator]();

async function ask(question: string): Promise<string> {
  stdout.write(question);
  const line = await lines.next();
  return line.done ? "" : line.value.trim();
}

function primeFactors(number: number): Factor[] {
  const factors: Factor[] = [];
  for (let prime = 2; number > 1; prime++) {
    if (prime * prime > number) prime = number; // what is left has no smaller divisor
    const factor: Factor = { prime, power: 0 };
    for (; number % prime === 0; number /= prime) factor.power++;
    if (factor.power > 0) factors.push(factor);
  }
  return factors;
}

function pretty({ prime, power }: Factor): string {
  const superscript = [...String(power)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
  return power === 1 ? `${prime}` : `${prime}${superscript}`;
}

const name = await ask("What is your name? ");
console.log(`Hello, ${name || "stranger"}!`);

const answer = await ask("A whole number from 2 to a billion: ");
const number = Number(answer);
if (Number.isInteger(number) && number >= 2 && number <= 1e9) {
  console.log(number, "=", primeFactors(number).map(pretty).join(" × "));
} else {
  console.error(`“${answer}” is not such a number.`);
  process.exitCode = 1;
}
stdin.destroy();
