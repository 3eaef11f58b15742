with Ada.Text_IO; use Ada.Text_IO;

procedure Main is
   Numbers : constant array (1 .. 2) of Integer := [1, 2];

   function Item (Index : Integer) return Integer is
   begin
      return Numbers (Index);
   end Item;
begin
   Put_Line ("before");
   Put_Line (Item (3)'Image);
end Main;
