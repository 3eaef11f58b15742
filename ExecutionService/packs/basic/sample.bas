rem Greets you, then takes a number apart into its prime factors.

dim superscript$(9)
for digit = 0 to 9
  read superscript$(digit)
next
data "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"

line input "What is your name? " name$
name$ = trim$(name$)
if name$ = "" name$ = "stranger"
print "Hello, ", name$, "!"

line input "A whole number from 2 to a billion: " answer$
number = val(answer$)
if number < 2 or number > 1000000000 or number <> int(number) then
  print "'", answer$, "' is not such a number."
  exit 1
endif
print trim$(answer$), " = ", factors$(number)

sub factors$(number)
  local prime, power, product$
  prime = 2
  while number > 1
    if prime * prime > number then prime = number : fi   rem what is left has no smaller divisor
    power = 0
    while mod(number, prime) = 0
      number = number / prime
      power = power + 1
    wend
    if power > 0 then
      if product$ <> "" then product$ = product$ + " × " : fi
      product$ = product$ + str$(prime) + raised$(power)
    endif
    prime = prime + 1
  wend
  return product$
end sub

sub raised$(power)
  local digits$, text$, i
  if power = 1 return ""
  digits$ = str$(power)
  for i = 1 to len(digits$)
    text$ = text$ + superscript$(val(mid$(digits$, i, 1)))
  next
  return text$
end sub
