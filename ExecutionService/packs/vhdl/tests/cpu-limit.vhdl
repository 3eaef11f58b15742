use std.env.all;
use std.textio.all;

entity main is
end entity;

architecture bench of main is
begin
  process is
  begin
    loop
    end loop;
    wait;
  end process;
end architecture;
