# Greets you, then takes a number apart into its prime factors.
record Factor, prime : Int32, power : Int32 do
  def to_s(io)
    io << prime
    power.to_s.each_char { |digit| io << "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit.to_i] } if power > 1
  end
end

# Yields the prime factors of *number*, smallest first.
def each_prime_factor(number)
  divisor = 2
  while divisor.to_i64 * divisor <= number
    if number.divisible_by?(divisor)
      yield divisor
      number //= divisor
    else
      divisor += 1
    end
  end
  yield number
end

def ask(question)
  print question
  STDOUT.flush
  gets.try(&.strip) || ""
end

name = ask "What is your name? "
puts "Hello, #{name.presence || "stranger"}!"

answer = ask "A whole number from 2 to a billion: "
number = answer.to_i?
unless number && 2 <= number <= 1_000_000_000
  abort "“#{answer}” is not such a number."
end

powers = Hash(Int32, Int32).new(0)
each_prime_factor(number) { |prime| powers[prime] += 1 }
puts "#{number} = #{powers.map { |prime, power| Factor.new(prime, power) }.join(" × ")}"
