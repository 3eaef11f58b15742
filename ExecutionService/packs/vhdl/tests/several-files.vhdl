use std.textio.all;
use work.shapes.all;

entity main is
end entity;

architecture bench of main is
begin
  process is
    file source : text open read_mode is "side.txt";
    variable content : line;
    variable side : integer;
  begin
    readline(source, content);
    read(content, side);
    write(output, to_string(area(side)) & LF);
    wait;
  end process;
end architecture;
