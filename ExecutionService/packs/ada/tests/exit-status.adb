with Ada.Command_Line;
with Ada.Integer_Text_IO; use Ada.Integer_Text_IO;
with Ada.Text_IO;         use Ada.Text_IO;

procedure Main is
   Number, Sum : Integer := 0;
begin
   while not End_Of_File loop
      Get (Number);
      Sum := Sum + Number;
   end loop;
   Put (Sum, Width => 0);
   New_Line;
   Ada.Command_Line.Set_Exit_Status (3);
end Main;
