      *> Greets you, then takes a number apart into its prime factors.
       identification division.
       program-id. factors.

       data division.
       working-storage section.
       01  user-name         pic x(60).
       01  answer            pic x(60).
       01  number-left       binary-long unsigned.
       01  shown             pic z(9)9.
       01  prime             binary-long unsigned.
       01  power             binary-long unsigned.
       01  superscripts      pic x(30)
           value "⁰¹ ² ³ ⁴⁵⁶⁷⁸⁹".
       01  filler redefines superscripts.
           05  superscript   pic x(3) occurs 10 times.
       01  digits            pic 99.
       01  filler redefines digits.
           05  digit         pic 9 occurs 2 times.
       01  position-of       binary-long unsigned.

       procedure division.
           display "What is your name? " with no advancing
           accept user-name
           if user-name = spaces
               move "stranger" to user-name
           end-if
           display "Hello, " function trim(user-name) "!"

           display "A whole number from 2 to a billion: "
               with no advancing
           accept answer
           if function test-numval(answer) = 0
               compute number-left = function numval(answer)
           end-if
           if number-left < 2 or number-left > 1000000000
               display "“" function trim(answer)
                   "” is not such a number." upon syserr
               stop run returning 1
           end-if

           display function trim(answer) " = " with no advancing
           perform varying prime from 2 by 1 until number-left = 1
               if prime * prime > number-left
      *>           What is left has no smaller divisor.
                   move number-left to prime
               end-if
               perform take-out-prime
           end-perform
           display x"0a" with no advancing
           stop run.

       take-out-prime.
           move 0 to power
           perform until function mod(number-left, prime) not = 0
               divide prime into number-left
               add 1 to power
           end-perform
           if power > 0
               move prime to shown
               display function trim(shown) with no advancing
               perform display-power
               if number-left > 1
                   display " × " with no advancing
               end-if
           end-if.

       display-power.
           if power > 1
               move power to digits
               perform varying position-of from 1 by 1
                   until position-of > 2
                   if power > 9 or position-of = 2
                       display function trim(
                           superscript(digit(position-of) + 1))
                           with no advancing
                   end-if
               end-perform
           end-if.
