program sum_of_numbers
  implicit none
  integer :: number, total, status

  total = 0
  do
    read (*, *, iostat=status) number
    if (status /= 0) exit
    total = total + number
  end do
  print "(i0)", total
  stop 3
end program
