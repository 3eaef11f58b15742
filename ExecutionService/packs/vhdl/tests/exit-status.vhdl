use std.env.all;
use std.textio.all;

entity main is
end entity;

architecture bench of main is
begin
  process is
    variable text : line;
    variable number, sum : integer := 0;
  begin
    while not endfile(input) loop
      readline(input, text);
      read(text, number);
      sum := sum + number;
    end loop;
    write(output, to_string(sum) & LF);
    stop(3);
    wait;
  end process;
end architecture;
