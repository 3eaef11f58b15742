use std.env.all;
use std.textio.all;

entity main is
end entity;

architecture bench of main is
begin
  process is
  begin
    write(output, "before" & LF);
    assert 1 + 1 = 3 report "the sum is wrong" severity failure;
    wait;
  end process;
end architecture;
