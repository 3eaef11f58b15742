use std.env.all;
use std.textio.all;

entity main is
end entity;

architecture bench of main is
begin
  process is
    variable text : line;
  begin
    readline(input, text);
    writeline(output, text);
    wait;
  end process;
end architecture;
