program Main;

{$mode delphi}

uses
  cthreads, Classes, Generics.Collections;

type
  TWorker = class(TThread)
    Number, Square: Integer;
    procedure Execute; override;
  end;

procedure TWorker.Execute;
begin
  Square := Number * Number;
end;

var
  Workers: TObjectList<TWorker>;
  Worker: TWorker;
  I: Integer;
begin
  Workers := TObjectList<TWorker>.Create;
  for I := 0 to 3 do
  begin
    Workers.Add(TWorker.Create(True));
    Workers.Last.Number := I;
    Workers.Last.Start;
  end;
  for Worker in Workers do
  begin
    Worker.WaitFor;
    WriteLn(Worker.Square);
  end;
  Workers.Free;
end.
