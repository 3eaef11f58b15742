program Main;
var
  Number, Sum: LongInt;
begin
  Sum := 0;
  while not SeekEof do
  begin
    ReadLn(Number);
    Sum := Sum + Number;
  end;
  WriteLn(Sum);
  Halt(3);
end.
