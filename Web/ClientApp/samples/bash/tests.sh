# A function, and tests that say whether it is right. Break it and run again.
roman() {
  local number=$1 written= i
  local values=(1000 900 500 400 100 90 50 40 10 9 5 4 1)
  local signs=(M CM D CD C XC L XL X IX V IV I)
  for i in "${!values[@]}"; do
    while ((number >= values[i])); do
      written+=${signs[i]}
      ((number -= values[i]))
    done
  done
  echo "$written"
}

failed=0
check() {
  local is
  is=$(roman "$1")
  if [[ $is == "$2" ]]; then
    printf '\033[32m✓\033[0m %s is %s\n' "$1" "$is"
  else
    printf '\033[31m✗\033[0m %s is %s instead of %s\n' "$1" "$is" "$2"
    ((failed++))
  fi
}

check 3 III
check 4 IV
check 1994 MCMXCIV
check 3888 MMMDCCCLXXXVIII
((failed == 0)) && echo 'All tests passed' || echo "$failed failed"
