# The sieve of Eratosthenes: what no smaller number has crossed out is prime.
limit=${1:-100}
crossed=()
primes=()

for ((number = 2; number <= limit; number++)); do
  [[ ${crossed[number]} ]] && continue
  primes+=("$number")
  for ((multiple = number * number; multiple <= limit; multiple += number)); do
    crossed[multiple]=yes
  done
done

echo "${primes[*]}" | fold -s -w 60
echo "${#primes[@]} primes up to $limit"
