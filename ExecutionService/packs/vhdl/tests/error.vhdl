use std.env.all;
use std.textio.all;

entity main is
end entity;

architecture bench of main is
begin
  process is
  begin
    report nothing;
    wait;
  end process;
end architecture;
