# Greets you, then takes a number apart into its prime factors.
setopt err_exit no_unset

ask() {
  print -n -- "$1"
  read -r answer || true
}

superscript() {
  local signs=(⁰ ¹ ² ³ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹) digit
  (( $1 == 1 )) && return
  for digit in ${(s::)1}; do print -n -- $signs[digit+1]; done
}

# The prime factors of a number, each with its power, one an item of $reply.
prime_factors() {
  local -i number=$1 prime=2 power
  reply=()
  while (( number > 1 )); do
    (( prime * prime > number )) && prime=number # what is left has no smaller divisor
    for (( power = 0; number % prime == 0; power++ )); do (( number /= prime )) || true; done
    if (( power > 0 )); then reply+=($prime$(superscript $power)); fi
    (( prime++ ))
  done
}

ask 'What is your name? '
print -- "Hello, ${answer:-stranger}!"

ask 'A whole number from 2 to a billion: '
if [[ $answer != <2-1000000000> ]]; then
  print -u 2 -- "“$answer” is not such a number."
  exit 1
fi
prime_factors $answer
print -- "$answer = ${(j: × :)reply}"
