using System.Net;
using Grpc.Core;

namespace OnlineCompiler.Gateway.Tests.Piston;

/// <summary>What becomes of a job's members before it runs.</summary>
public sealed class JobTests
{
    private const long GiB = 1024 * 1024 * 1024;

    [Theory]
    // The first that is wrong wins, in this order.
    [InlineData("""{"language":null,"version":null,"files":null}""", "language is required as a string")]
    [InlineData("""{"language":"","files":null}""", "language is required as a string")]
    [InlineData("""{"language":5}""", "language is required as a string")]
    [InlineData("""{"version":null,"files":null}""", "version is required as a string")]
    [InlineData("""{"version":3.11,"files":null}""", "version is required as a string")]
    [InlineData("""{"files":null,"language":"nothing"}""", "files is required as an array")]
    [InlineData("""{"files":"print()"}""", "files is required as an array")]
    [InlineData("""{"files":{}}""", "files is required as an array")]
    [InlineData("""{"files":[{"content":"x"},{}],"language":"nothing"}""", "files[1].content is required as a string")]
    [InlineData("""{"files":[{"content":5}]}""", "files[0].content is required as a string")]
    [InlineData("""{"files":[],"language":"nothing"}""", "nothing-3.x runtime is unknown")]
    [InlineData("""{"files":[],"run_timeout":-1}""", "files must include at least one utf8 encoded file")]
    [InlineData("""{"files":[{"content":"eA==","encoding":"base64"}]}""", "files must include at least one utf8 encoded file")]
    [InlineData("""{"files":[{"content":"x","encoding":"utf-8"}]}""", "files must include at least one utf8 encoded file")]
    [InlineData("""{"run_cpu_time":-1,"compile_memory_limit":"a"}""", "If specified, compile_memory_limit must be a number")]
    [InlineData("""{"run_timeout":-1,"run_memory_limit":[1]}""", "If specified, run_memory_limit must be a number")]
    [InlineData("""{"run_timeout":-1,"compile_timeout":true}""", "If specified, compile_timeout must be a number")]
    [InlineData("""{"run_timeout":60001,"run_cpu_time":-1}""", "run_timeout cannot exceed the configured limit of 60000")]
    [InlineData("""{"run_cpu_time":-5,"compile_cpu_time":-4}""", "compile_cpu_time must be non-negative")]
    [InlineData("""{"run_cpu_time":-0.5}""", "run_cpu_time must be non-negative")]
    [InlineData("""{"run_memory_limit":-2}""", "run_memory_limit must be non-negative")]
    [InlineData("""{"run_memory_limit":1e300}""", "run_memory_limit cannot exceed the configured limit of 2147483648")]
    // Where Piston answers with an empty object, or with 500 and nothing.
    [InlineData("""{"files":[null]}""", "files[0].content is required as a string")]
    [InlineData("""{"stdin":5}""", "stdin must be a string")]
    [InlineData("""{"stdin":{}}""", "stdin must be a string")]
    [InlineData("""{"args":5}""", "args must be an array of strings")]
    [InlineData("""{"args":{"a":1}}""", "args must be an array of strings")]
    [InlineData("""{"args":["a",null]}""", "args[1] must be a string")]
    [InlineData("""{"files":[{"content":"x","name":5}]}""", "files[0].name must be a string")]
    [InlineData("""{"files":[{"content":"x"},{"content":"x","name":"a/../../b"}]}""", "files[1].name must stay inside of the job's folder")]
    [InlineData("""{"files":[{"content":"x","name":"a/"}]}""", "files[0].name must name a file, not a folder")]
    [InlineData("""{"files":[{"content":"x","name":"/."}]}""", "files[0].name must name a file, not a folder")]
    public async Task A_wrong_job_is_refused_in_Pistons_words(string members, string message)
    {
        await using var gateway = await Instance.StartAsync();

        var response = await gateway.PostAsync(Instance.Execute, Instance.With(members));

        Assert.Equal(message, await response.MessageAsync(HttpStatusCode.BadRequest));
        Assert.Null(gateway.Services.Execution.LastRequest);
    }

    [Fact]
    public async Task Half_a_character_is_refused_and_no_accident()
    {
        await using var gateway = await Instance.StartAsync();

        foreach (var path in new[] { Instance.Execute, "/api/v2/piston/execute" })
        {
            var response = await gateway.PostAsync(path, """{"language":"python","version":"*","files":[{"content":"\ud800"}]}""");
            Assert.Equal("text must not hold half of a UTF-16 surrogate pair", await response.MessageAsync(HttpStatusCode.BadRequest));
        }
    }

    [Fact]
    public async Task What_a_job_leaves_out_is_as_in_Piston()
    {
        await using var gateway = await Instance.StartAsync();

        await gateway.RunAsync("""{"language":"py","version":"*","files":[{"content":""}],"log":1,"unknown":{}}""");

        var request = gateway.Services.Execution.LastRequest!;
        Assert.Equal("python", request.Language);
        Assert.Equal("anonymous:127.0.0.1", request.Caller);
        Assert.Equal("main.py", Assert.Single(request.Files).Path);
        Assert.Equal("main.py", request.EntryPoint);
        Assert.Equal("\n", request.Stdin.ToStringUtf8());
        Assert.Empty(request.Arguments);
        Assert.Equal("python", request.Environment["PISTON_LANGUAGE"]);
        Assert.Equal(3_000u, request.Limits.WallTimeLimitMs);
        Assert.Equal(3_000u, request.Limits.CpuTimeLimitMs);
        Assert.Equal(10_000u, request.Limits.CompileWallTimeLimitMs);
        Assert.Equal(2ul * (ulong)GiB, request.Limits.MemoryLimitBytes);
        Assert.Equal(2ul * (ulong)GiB, request.Limits.CompileMemoryLimitBytes);
        // Ours: 1 MiB in place of Piston's 1024 characters.
        Assert.Equal(0ul, request.Limits.OutputLimitBytes);
    }

    [Theory]
    // What every client sends; what Piston takes for no limit at all; and what it takes as it is.
    [InlineData("""{"run_memory_limit":-1,"compile_memory_limit":-1,"run_timeout":3000,"compile_timeout":10000}""", 3_000, 3_000, 10_000, 2 * GiB, 2 * GiB)]
    [InlineData("""{"run_memory_limit":0,"run_timeout":0,"run_cpu_time":"","compile_timeout":false}""", 3_000, 3_000, 10_000, 2 * GiB, 2 * GiB)]
    [InlineData("""{"run_memory_limit":100000000,"run_timeout":250.5,"run_cpu_time":60000,"compile_timeout":1,"compile_memory_limit":200000000}""", 251, 60_000, 1, 100_000_000, 200_000_000)]
    [InlineData("""{"run_memory_limit":1,"compile_memory_limit":1}""", 3_000, 3_000, 10_000, 4_194_304, 16_777_216)]
    public async Task Limits_become_the_services(string members, int wallMs, int cpuMs, int compileMs, long memoryBytes, long compileMemoryBytes)
    {
        await using var gateway = await Instance.StartAsync();

        await gateway.RunAsync(Instance.With(members));

        var limits = gateway.Services.Execution.LastRequest!.Limits;
        Assert.Equal((uint)wallMs, limits.WallTimeLimitMs);
        Assert.Equal((uint)cpuMs, limits.CpuTimeLimitMs);
        Assert.Equal((uint)compileMs, limits.CompileWallTimeLimitMs);
        Assert.Equal((ulong)memoryBytes, limits.MemoryLimitBytes);
        Assert.Equal((ulong)compileMemoryBytes, limits.CompileMemoryLimitBytes);
    }

    [Theory]
    [InlineData("\"\"", "\n")]
    [InlineData("\"abc\"", "abc\n")]
    [InlineData("\"abc\\n\"", "abc\n")]
    [InlineData("null", "\n")]
    public async Task Standard_input_ends_with_its_line(string stdin, string expected)
    {
        await using var gateway = await Instance.StartAsync();

        await gateway.RunAsync(Instance.With($$"""{"stdin":{{stdin}}}"""));

        Assert.Equal(expected, gateway.Services.Execution.LastRequest!.Stdin.ToStringUtf8());
    }

    [Theory]
    [InlineData("""["a b",1,-2.5,true]""", new[] { "a b", "1", "-2.5", "true" })]
    [InlineData("\"\"", new string[0])]
    [InlineData("\"a😀\"", new[] { "a", "😀" })]
    [InlineData("null", new string[0])]
    public async Task Arguments_are_what_JavaScript_makes_of_them(string args, string[] expected)
    {
        await using var gateway = await Instance.StartAsync();

        await gateway.RunAsync(Instance.With($$"""{"args":{{args}}}"""));

        Assert.Equal(expected, gateway.Services.Execution.LastRequest!.Arguments);
    }

    [Fact]
    public async Task The_public_gateways_address_forgives_what_it_forgave()
    {
        await using var gateway = await Instance.StartAsync();
        const string Job = """{"language":"python","version":"*","files":"print(1)","args":"abc","run_timeout":99999,"run_memory_limit":1e12,"run_cpu_time":"x"}""";

        await gateway.RunAsync(Job, "/api/v2/piston/execute");
        var strict = await gateway.PostAsync(Instance.Execute, Job);

        var request = gateway.Services.Execution.LastRequest!;
        Assert.Equal("print(1)", Assert.Single(request.Files).Content.ToStringUtf8());
        Assert.Empty(request.Arguments);
        Assert.Equal(60_000u, request.Limits.WallTimeLimitMs);
        Assert.Equal(2ul * (ulong)GiB, request.Limits.MemoryLimitBytes);
        Assert.Equal("files is required as an array", await strict.MessageAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task What_only_the_service_finds_is_told_by_Pistons_names()
    {
        await using var gateway = await Instance.StartAsync();
        var violations = new Google.Rpc.BadRequest
        {
            FieldViolations =
            {
                new Google.Rpc.BadRequest.Types.FieldViolation { Field = "limits.wall_time_limit_ms", Description = "must be from 1 to 5000 ms, not 9000" },
                new Google.Rpc.BadRequest.Types.FieldViolation { Field = "files[0].path", Description = "must be at most 255 bytes" },
            },
        };
        gateway.Services.Execution.OnStream = (_, _, _) => throw new Google.Rpc.Status
        {
            Code = (int)StatusCode.InvalidArgument,
            Details = { Google.Protobuf.WellKnownTypes.Any.Pack(violations) },
        }.ToRpcException();

        var response = await gateway.PostAsync(Instance.Execute, Instance.Program);

        Assert.Equal(
            "run_timeout: must be from 1 to 5000 ms, not 9000. files[0].name: must be at most 255 bytes.",
            await response.MessageAsync(HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, 503)]
    [InlineData(StatusCode.Internal, 500)]
    [InlineData(StatusCode.DeadlineExceeded, 504)]
    public async Task What_is_our_fault_says_so(StatusCode code, int status)
    {
        await using var gateway = await Instance.StartAsync();
        gateway.Services.Execution.OnStream = (_, _, _) => throw new RpcException(new Grpc.Core.Status(code, "secret"));

        var message = await (await gateway.PostAsync(Instance.Execute, Instance.Program)).MessageAsync((HttpStatusCode)status);

        Assert.NotEmpty(message);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }
}
