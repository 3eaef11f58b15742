# Greets you, then takes a number apart into its prime factors.

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"

def ask(question)
  print question
  $stdout.flush # the question has no newline, so it would wait in the buffer
  $stdin.gets.to_s.strip
end

def prime_factors(number)
  return to_enum(__method__, number) unless block_given?

  (2..).each do |divisor|
    break if divisor * divisor > number

    while number > divisor && (number % divisor).zero?
      yield divisor
      number /= divisor
    end
  end
  yield number
end

def pretty(prime, power)
  power == 1 ? prime.to_s : "#{prime}#{power.to_s.tr('0-9', SUPERSCRIPTS)}"
end

name = ask("What is your name? ")
puts "Hello, #{name.empty? ? 'stranger' : name}!"

answer = ask("A whole number from 2 to a billion: ")
number = Integer(answer, 10, exception: false)
abort "“#{answer}” is not such a number." unless number&.between?(2, 1_000_000_000)

powers = prime_factors(number).tally
puts "#{number} = #{powers.map { |prime, power| pretty(prime, power) }.join(' × ')}"
