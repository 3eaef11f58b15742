#!/usr/bin/env bash
# Greets you, then takes a number apart into its prime factors.

superscripts=(⁰ ¹ ² ³ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹)

# Prints one prime factor of $1 a line, smallest first.
prime_factors() {
  local number=$1 divisor
  for ((divisor = 2; divisor * divisor <= number; divisor++)); do
    while ((number > divisor && number % divisor == 0)); do
      echo "$divisor"
      ((number /= divisor))
    done
  done
  echo "$number"
}

superscript() {
  local digit
  for ((digit = 0; digit < ${#1}; digit++)); do
    printf '%s' "${superscripts[${1:digit:1}]}"
  done
}

# printf and a plain read, because read -p shows its prompt only on a terminal.
printf 'What is your name? '
read -r name
echo "Hello, ${name:-stranger}!"

printf 'A whole number from 2 to a billion: '
read -r answer
if [[ ! $answer =~ ^[1-9][0-9]{0,9}$ ]] || ((answer < 2 || answer > 1000000000)); then
  echo "“$answer” is not such a number." >&2
  exit 1
fi

factors=()
while read -r power prime; do
  ((power == 1)) && factors+=("$prime") || factors+=("$prime$(superscript "$power")")
done < <(prime_factors "$answer" | uniq --count)

line=$(printf ' × %s' "${factors[@]}")
echo "$answer = ${line# × }"
