program Main;

{$mode objfpc}

uses
  SysUtils;

function Half(Number: Integer): Integer;
begin
  if Odd(Number) then
    raise EArgumentException.Create('an odd number has no half');
  Result := Number div 2;
end;

begin
  WriteLn('before');
  WriteLn(Half(3));
end.
