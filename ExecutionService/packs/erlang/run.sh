#!/bin/sh
# Calls main/1 of the program with its arguments, or else main/0 or start/0. As with escript, what it does not catch ends
# it with status 127.
# Usage: run.sh <arguments>...

exec erl -noshell -boot start_clean -eval '
  [ok = io:setopts(Device, [{encoding, unicode}]) || Device <- [standard_io, standard_error]],
  {ok, Name} = file:read_file("main-module.txt"),
  Module = binary_to_atom(string:trim(Name)),
  {module, _} = code:ensure_loaded(Module),
  Is = fun(Function, Arity) -> erlang:function_exported(Module, Function, Arity) end,
  try
    case {Is(main, 1), Is(main, 0)} of
      {true, _} -> Module:main(init:get_plain_arguments());
      {_, true} -> Module:main();
      _ -> Module:start()
    end
  of
    _ -> halt(0)
  catch
    Class:Reason:Stack ->
      io:put_chars(standard_error, [erl_error:format_exception(Class, Reason, Stack), $\n]),
      halt(127)
  end.' -extra "$@"
