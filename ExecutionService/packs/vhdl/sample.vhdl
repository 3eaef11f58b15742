-- A counter of Gray codes, and a bench that asks how far it shall count.
library ieee;
use ieee.std_logic_1164.all;
use ieee.numeric_std.all;

entity gray_counter is
  generic (width : positive := 4);
  port (
    clock : in std_logic;
    reset : in std_logic;
    code  : out std_logic_vector(width - 1 downto 0)
  );
end entity;

architecture rtl of gray_counter is
  signal count : unsigned(width - 1 downto 0);
begin
  -- Neighbours differ in one bit only.
  code <= std_logic_vector(count xor shift_right(count, 1));

  process (clock) is
  begin
    if rising_edge(clock) then
      count <= (others => '0') when reset else count + 1;
    end if;
  end process;
end architecture;

library ieee;
use ieee.std_logic_1164.all;
use std.env.finish;
use std.textio.all;

entity main is
end entity;

architecture bench of main is
  signal clock : std_logic := '0';
  signal reset : std_logic := '1';
  signal code  : std_logic_vector(3 downto 0);
begin
  counter : entity work.gray_counter
    generic map (width => 4)
    port map (clock => clock, reset => reset, code => code);

  clock <= not clock after 5 ns;

  process is
    variable answer : line;
    variable wanted : integer;
    variable is_number : boolean;
  begin
    write(output, "How many Gray codes, 1 to 16? ");
    readline(input, answer);
    read(answer, wanted, is_number);
    assert is_number and wanted >= 1 and wanted <= 16 report "That is not such a number." severity failure;

    wait until falling_edge(clock);
    reset <= '0';
    for step in 0 to wanted - 1 loop
      write(output, to_string(step) & ": " & to_string(code) & " at " & to_string(now, ns) & LF);
      wait until falling_edge(clock);
    end loop;
    finish;
  end process;
end architecture;
