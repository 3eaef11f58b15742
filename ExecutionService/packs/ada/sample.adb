--  Greets you, then takes a number apart into its prime factors.
with Ada.Command_Line;
with Ada.Strings.Fixed; use Ada.Strings, Ada.Strings.Fixed;
with Ada.Text_IO;       use Ada.Text_IO;

procedure Main is

   subtype Answer_Number is Integer range 2 .. 1_000_000_000;

   function Ask (Question : String) return String is
   begin
      Put (Question);
      Flush;
      return (if End_Of_File then "" else Trim (Get_Line, Both));
   end Ask;

   function Image (Number : Natural) return String is (Trim (Number'Image, Left));

   --  Each superscript digit takes a cell of its own, padded with blanks.
   Superscripts : constant array (Character range '0' .. '9') of String (1 .. 3) :=
     ["⁰", "¹ ", "² ", "³ ", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];

   procedure Put_Factor (Prime, Power : Positive) is
   begin
      Put (Image (Prime));
      if Power > 1 then
         for Digit of Image (Power) loop
            Put (Trim (Superscripts (Digit), Right));
         end loop;
      end if;
   end Put_Factor;

   procedure Put_Factors (Number : Answer_Number) is
      Rest  : Positive := Number;
      Prime : Positive := 2;
      Power : Natural;
   begin
      while Rest > 1 loop
         if Prime > Rest / Prime then
            Prime := Rest; --  what is left has no smaller divisor
         end if;
         Power := 0;
         while Rest mod Prime = 0 loop
            Rest  := Rest / Prime;
            Power := Power + 1;
         end loop;
         if Power > 0 then
            Put_Factor (Prime, Power);
            Put (if Rest > 1 then " × " else "");
         end if;
         Prime := Prime + 1;
      end loop;
      New_Line;
   end Put_Factors;

   Name : constant String := Ask ("What is your name? ");
begin
   Put_Line ("Hello, " & (if Name = "" then "stranger" else Name) & "!");

   declare
      Answer : constant String := Ask ("A whole number from 2 to a billion: ");
      Number : Answer_Number;
   begin
      Number := Answer_Number'Value (Answer);
      Put (Image (Number) & " = ");
      Put_Factors (Number);
   exception
      when Constraint_Error =>
         Put_Line (Standard_Error, "“" & Answer & "” is not such a number.");
         Ada.Command_Line.Set_Exit_Status (Ada.Command_Line.Failure);
   end;
end Main;
