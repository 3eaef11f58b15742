namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

[Collection(OtherPreparedServices.Collection)]
public sealed class PreparedElixirTests(PreparedService service) : InterpreterComparison(service, _programs)
{
    public static TheoryData<string> Names => [.. _all.Keys];

    private static readonly Dictionary<string, (string EntryPoint, string Program)> _all = new()
    {
        ["hello"] = ("main.exs", "IO.puts(\"hello #{1 + 1}\")"),
        ["itself"] = ("main.exs", "IO.inspect({System.argv(), __ENV__.file, __DIR__, __ENV__.line, __MODULE__, self(), System.version(), System.pid(), File.cwd!(), :init.get_plain_arguments(), :init.get_arguments(), System.no_halt()})"),
        ["arguments"] = ("main.exs", "IO.inspect(System.argv()); IO.inspect(OptionParser.parse(System.argv(), switches: [c: :boolean])); raise \"with arguments\""),
        ["another entry point"] = ("src/tool.exs", "IO.inspect({System.argv(), __ENV__.file}); raise \"there\""),
        ["the environment"] = ("main.exs", "IO.inspect(System.get_env(), limit: :infinity); IO.inspect(System.get_env(\"LD_PRELOAD\")); {out, _} = System.cmd(\"env\", []); IO.puts(out |> String.split(\"\\n\") |> Enum.sort() |> Enum.join(\"\\n\"))"),
        ["what is loaded"] = ("main.exs", "IO.inspect(Enum.sort(for {m, _} <- :code.all_loaded(), do: m), limit: :infinity); IO.inspect(Application.started_applications(), limit: :infinity); IO.inspect(:code.get_path() |> length())"),
        ["processes"] = ("main.exs", "IO.inspect(Process.list(), limit: :infinity); IO.inspect(Enum.sort(Process.registered()), limit: :infinity); IO.inspect(Process.info(self(), [:group_leader, :links, :monitors, :dictionary, :registered_name]), limit: :infinity); IO.inspect(node())"),
        ["a stack"] = ("main.exs", "defmodule M do\n  def f, do: (IO.inspect(Process.info(self(), :current_stacktrace), limit: :infinity); 1)\nend\nM.f()"),
        ["an uncaught error"] = ("main.exs", "IO.puts(\"before\")\ndefmodule M do\n  def half(n), do: div(n, 0)\nend\nM.half(4)"),
        ["an error of a pattern"] = ("main.exs", "{:ok, x} = {:error, :nothing}\nIO.puts(x)"),
        ["an error of a function"] = ("main.exs", "defmodule M do\n  def f(1), do: 1\nend\nM.f(2)"),
        ["an error with a reason"] = ("main.exs", "defmodule Mine do\n  defexception [:message]\nend\nraise Mine, \"of mine\""),
        ["an error that is caught"] = ("main.exs", "try do\n  raise ArgumentError, \"x\"\nrescue\n  e -> IO.puts(Exception.format(:error, e, __STACKTRACE__))\nafter\n  IO.puts(\"after\")\nend"),
        ["a thrown value"] = ("main.exs", "throw(:ball)"),
        ["an exit"] = ("main.exs", "exit(:because)"),
        ["an exit of two"] = ("main.exs", "IO.puts(\"before\"); exit({:shutdown, 4})"),
        ["a syntax error"] = ("main.exs", "IO.puts(\"before\")\ndef ("),
        ["an unclosed block"] = ("main.exs", "IO.puts(\"before\")\nif true do\n  IO.puts(\"x\")"),
        ["an undefined variable"] = ("main.exs", "IO.puts(\"before\")\nIO.puts(nothing_here)"),
        ["an undefined function"] = ("main.exs", "Nothing.here(1)"),
        ["warnings"] = ("main.exs", "x = 1\ndefmodule M do\n  def f(a), do: 1\n  defp g, do: 2\nend\nIO.puts(\"on\")"),
        ["a status"] = ("main.exs", "IO.puts(\"out\"); System.halt(3)"),
        ["a stop"] = ("main.exs", "IO.puts(\"before\"); System.stop(4); Process.sleep(3000)"),
        ["at the end"] = ("main.exs", "System.at_exit(fn status -> IO.puts(\"bye #{status}\") end); raise \"x\""),
        ["a hard kill"] = ("main.exs", "IO.puts(\"before\"); System.cmd(\"kill\", [\"-9\", System.pid()]); Process.sleep(3000)"),
        ["input at once"] = ("main.exs", "IO.inspect(IO.read(:stdio, :all))"),
        ["input line by line"] = ("main.exs", "IO.stream(:stdio, :line) |> Enum.each(&IO.inspect/1)"),
        ["input by gets"] = ("main.exs", "IO.inspect({IO.gets(\"? \"), IO.gets(\"? \"), IO.gets(\"\"), IO.gets(\"\")})"),
        ["streams"] = ("main.exs", "IO.puts(:stderr, \"err\"); IO.write(\"out\"); IO.inspect(:io.getopts() |> Enum.sort()); IO.inspect(IO.ANSI.enabled?()); IO.inspect(:io.columns())"),
        ["files"] = ("main.exs", "File.write!(\"made.txt\", \"x\"); IO.inspect({Enum.sort(File.ls!()), File.stat!(\"main.exs\").mode, File.exists?(\"nothing\"), File.read(\"nothing\"), Path.expand(\"x\")})"),
        ["descriptors"] = ("main.exs", "IO.inspect(File.ls!(\"/proc/self/fd\") |> Enum.map(&String.to_integer/1) |> Enum.sort(), limit: :infinity)"),
        ["tasks"] = ("main.exs", "IO.inspect(Task.await_many(for i <- 1..3, do: Task.async(fn -> {i * i, self()} end))); {:ok, a} = Agent.start_link(fn -> 0 end); Agent.update(a, &(&1 + 1)); IO.inspect({Agent.get(a, & &1), a})"),
        ["a linked process that dies"] = ("main.exs", "Process.flag(:trap_exit, true); pid = spawn_link(fn -> exit(:oh) end); receive do m -> IO.inspect({m, pid}) end"),
        ["children"] = ("main.exs", "IO.inspect(System.cmd(\"sh\", [\"-c\", \"echo out; exit 3\"])); port = Port.open({:spawn, \"cat\"}, [:binary]); IO.inspect(port); Port.command(port, \"through\"); receive do m -> IO.inspect(m) end"),
        ["modules"] = ("main.exs", "defmodule P do\n  defstruct x: 1\n  defimpl String.Chars do\n    def to_string(p), do: \"P#{p.x}\"\n  end\nend\nIO.puts(\"#{struct(P, x: 2)}\"); IO.inspect(:code.which(P)); IO.inspect(P.__info__(:compile)[:source])"),
        ["a deep recursion"] = ("main.exs", "defmodule D do\n  def down(0), do: 0\n  def down(n), do: 1 + down(n - 1)\nend\nIO.inspect(D.down(500_000))"),
        ["the machine"] = ("main.exs", "IO.inspect({System.schedulers(), System.schedulers_online(), :erlang.system_info(:dirty_io_schedulers), :erlang.system_info(:thread_pool_size), :erlang.system_info(:process_count), :erlang.system_info(:port_count)})"),
        ["text of other languages"] = ("main.exs", "IO.puts(\"äö € #{String.length(\"€\")}\"); IO.inspect(\"ä\"); IO.inspect('ä')"),
        ["much output"] = ("main.exs", "for i <- 1..3000, do: IO.puts(\"line #{i}\"); IO.puts(:stderr, \"end\")"),
    };

    private static readonly InterpreterPrograms _programs = new()
    {
        Language = "elixir",
        EntryPoint = "main.exs",
        All = _all,
        Several = (
            "Code.require_file(\"lib/helper.exs\"); Code.eval_file(\"third.exs\"); IO.inspect({Helper.here(), Code.required_files()}); Helper.fail()",
            [
                ("lib/helper.exs", "defmodule Helper do\n  def here, do: __ENV__.file\n  def fail, do: raise(\"of the library\")\nend"),
                ("third.exs", "IO.inspect(__ENV__.file)"),
            ]),
        Reversing = """
            IO.inspect({System.argv(), IO.ANSI.enabled?()})
            IO.puts("ready")
            IO.stream(:stdio, :line) |> Enum.each(&IO.puts(&1 |> String.trim() |> String.reverse()))
            IO.puts("end")
            System.halt(5)
            """,
        Random = "IO.inspect({:rand.uniform(), Enum.random(1..1_000_000), make_ref(), :crypto.strong_rand_bytes(4)})",
        TellsHost = "IO.write(String.contains?(File.read!(\"/proc/self/maps\"), \"host.so\"))",
    };
}
