Greets you by your name

Cells: 1 near the capitals   2 near the small letters   3 the blank
       4 and 6 stay zero     5 the character read

First 80 and 112 and 32 in the cells 1 to 3
++++++++[>++++++++++>++++++++++++++>++++<<<-]>>>

What    <<+++++++.>--------.-------.+++++++++++++++++++.>.
is      <-----------.++++++++++.>.
your    <++++++.----------.++++++.---.>.
name?   <----.<++++++++++.>-.<++++.>>+++++++++++++++++++++++++++++++.-------------------------------.

Then the first character into cell 5 and the greeting from the others
>>,<<
Hello   <<-----------------------------.>--------.+++++++..+++.>++++++++++++.------------.

Echo until the line or the input ends
>>[
  ----------            a line feed is 10 and becomes 0
  [++++++++++.,>]       not yet: restore it and show it and read the next
<]                      cell 5 again; after a line feed it is cell 4 which is 0

Now 33 and a line feed in cells that are 0 wherever the loop stopped
>>>++++[>++++++++<-]>+.[-]++++++++++.
