with Ada.Text_IO; use Ada.Text_IO;

procedure Main is

   protected Sum is
      procedure Add (Number : Integer);
      function Value return Integer;
   private
      Total : Integer := 0;
   end Sum;

   protected body Sum is
      procedure Add (Number : Integer) is
      begin
         Total := Total + Number;
      end Add;

      function Value return Integer is (Total);
   end Sum;

   task type Worker (Number : Integer);

   task body Worker is
   begin
      Sum.Add (Number ** 2);
   end Worker;
begin
   declare
      One   : Worker (1);
      Two   : Worker (2);
      Three : Worker (3);
   begin
      null;
   end;
   Put_Line (Sum.Value'Image);
end Main;
