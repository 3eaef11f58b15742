{ Greets you, then takes a number apart into its prime factors. }
program Factors;

{$mode objfpc}{$H+}

uses
  SysUtils;

const
  Superscripts: array['0'..'9'] of string = ('⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹');

function Superscript(Power: Integer): string;
var
  Digit: Char;
begin
  Result := '';
  if Power > 1 then
    for Digit in IntToStr(Power) do
      Result += Superscripts[Digit];
end;

function PrimeFactors(Number: Integer): string;
var
  Prime, Power: Integer;
begin
  Result := '';
  Prime := 2;
  while Number > 1 do
  begin
    if Prime > Number div Prime then
      Prime := Number; { what is left has no smaller divisor }
    Power := 0;
    while Number mod Prime = 0 do
    begin
      Number := Number div Prime;
      Inc(Power);
    end;
    if (Power > 0) and (Result <> '') then
      Result += ' × ';
    if Power > 0 then
      Result += IntToStr(Prime) + Superscript(Power);
    Inc(Prime);
  end;
end;

function Ask(const Question: string): string;
begin
  Write(Question);
  Flush(Output);
  ReadLn(Result);
  Result := Trim(Result);
end;

var
  Name, Answer: string;
  Number: Integer;
begin
  Name := Ask('What is your name? ');
  if Name = '' then
    Name := 'stranger';
  WriteLn('Hello, ', Name, '!');

  Answer := Ask('A whole number from 2 to a billion: ');
  if not TryStrToInt(Answer, Number) or (Number < 2) or (Number > 1000000000) then
  begin
    WriteLn(StdErr, '“', Answer, '” is not such a number.');
    Halt(1);
  end;
  WriteLn(Number, ' = ', PrimeFactors(Number));
end.
