! Greets you, then takes a number apart into its prime factors.
program factors
  use, intrinsic :: iso_fortran_env, only: error_unit
  implicit none
  character(len=80) :: name, answer
  integer :: number, status

  name = ask("What is your name? ")
  if (name == "") name = "stranger"
  print "(3a)", "Hello, ", trim(name), "!"

  answer = ask("A whole number from 2 to a billion: ")
  read (answer, *, iostat=status) number
  if (status /= 0 .or. verify(trim(answer), "0123456789") > 0) number = 0
  if (number < 2 .or. number > 1000000000) then
    write (error_unit, "(3a)") "“", trim(answer), "” is not such a number."
    stop 1, quiet=.true.
  end if

  print "(i0, 2a)", number, " = ", prime_factors(number)

contains

  function ask(question) result(line)
    character(len=*), intent(in) :: question
    character(len=80) :: line
    integer :: status

    write (*, "(a)", advance="no") question
    flush (6)
    read (*, "(a)", iostat=status) line
    if (status /= 0) line = ""
    line = adjustl(line)
  end function ask

  recursive function prime_factors(number, from) result(text)
    integer, intent(in) :: number
    integer, intent(in), optional :: from
    character(len=:), allocatable :: text
    integer :: prime, power, rest

    prime = 2
    if (present(from)) prime = from
    do while (mod(number, prime) /= 0)
      prime = prime + 1
      if (prime > number/prime) prime = number ! what is left has no smaller divisor
    end do
    rest = number
    power = 0
    do while (mod(rest, prime) == 0)
      rest = rest/prime
      power = power + 1
    end do
    text = digits(prime)//superscript(power)
    if (rest > 1) text = text//" × "//prime_factors(rest, prime + 1)
  end function prime_factors

  function digits(number) result(text)
    integer, intent(in) :: number
    character(len=:), allocatable :: text
    character(len=12) :: buffer

    write (buffer, "(i0)") number
    text = trim(buffer)
  end function digits

  recursive function superscript(power) result(text)
    integer, intent(in) :: power
    character(len=:), allocatable :: text
    character(len=3), parameter :: signs(0:9) = ["⁰", "¹ ", "² ", "³ ", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]

    text = ""
    if (power > 9) text = superscript(power/10)
    if (power > 1) text = text//trim(signs(mod(power, 10)))
  end function superscript

end program factors
