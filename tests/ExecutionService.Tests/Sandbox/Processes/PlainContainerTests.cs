using System.Text.Json.Nodes;
using global::Grpc.Core;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

/// <summary>A container that cannot make namespaces, by default: nothing runs, and it says what to do.</summary>
public sealed class RefusingContainerTests(RefusingContainer container) : IClassFixture<RefusingContainer>
{
    [Fact]
    public async Task Nothing_runs_and_the_refusal_names_the_setting()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => container.RunAsync(Requests.Bash("echo ran")));

        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Contains("Sandbox__Backend=process", refused.Status.Detail);
    }

    [Fact]
    public async Task Readiness_is_red_with_the_reason_the_setting_and_what_it_gives_up()
    {
        using var answer = await container.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("CAP_SYS_ADMIN", text);
        Assert.Contains("Sandbox__Backend=process", text);
        Assert.Contains("kept apart only by user ids", text);
    }
}

/// <summary>The same container with the setting.</summary>
public sealed class AcceptingContainerTests(AcceptingContainer container) : IClassFixture<AcceptingContainer>
{
    /// <summary>Cases of each kind that strain a sandbox; not Python's process pools, for there is no /dev/shm here to have them in.</summary>
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var language in (string[])["bash", "c", "cpp", "csharp", "java", "javascript", "python", "typescript"])
        {
            foreach (var name in PackFolders.CasesOf(language).Select(Path.GetFileNameWithoutExtension))
            {
                if (name is "sample" or "threads" or "subprocess" or "several-files" && (language, name) != ("python", "threads"))
                    cases.Add(language, name);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_language_runs_and_is_marked(string language, string name)
    {
        var list = await container.Client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.SkipUnless(list.Languages.Single(known => known.Id == language).Installed || language != "typescript", "TypeScript's compiler is not installed");
        var folder = Path.Combine(PackFolders.Root, language, "tests");
        var @case = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, name + ".json"), TestContext.Current.CancellationToken))!;
        var request = new ExecuteRequest { Language = language, Stdin = ByteString.CopyFromUtf8((string?)@case["stdin"] ?? "") };
        foreach (var file in @case["files"]!.AsArray())
            request.Files.Add(Requests.File((string)file!["path"]!, (string?)file["content"] ?? await File.ReadAllTextAsync(Path.Combine(folder, (string)file["from"]!), TestContext.Current.CancellationToken)));

        var answer = await container.RunAsync(request);

        Assert.True(answer.Outcome == Outcome.Succeeded, answer.ToString());
        Assert.Equal((string?)@case["expect"]!["stdout"], answer.Run.Stdout.ToStringUtf8());
        Assert.Equal(Isolation.Process, answer.Isolation);
    }

    [Fact]
    public async Task Readiness_is_degraded_and_lists_what_is_weaker()
    {
        var text = await container.Http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.Contains("Degraded", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Sandbox:Backend is Process", text);
        Assert.Contains("limited for each process alone", text);
    }

    [Fact]
    public async Task Nothing_of_the_services_environment_is_in_reach()
    {
        var answer = await container.RunAsync(Requests.Bash($"env | grep -c SECRET; cat /proc/{container.ProcessId}/environ /proc/$PPID/environ | tr '\\0' '\\n' | grep -c SECRET"));

        Assert.Equal("0\n0\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Contains("SECRET", await File.ReadAllTextAsync($"/proc/{container.ProcessId}/environ", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_process_cannot_have_more_memory_than_the_limit()
    {
        var answer = await container.RunAsync(Requests.Python("try:\n    block = bytearray(300 << 20)\nexcept MemoryError:\n    print('refused')", limits: new Limits { MemoryLimitBytes = 64 << 20 }));

        Assert.Equal("refused\n", answer.Run.Stdout.ToStringUtf8());
        Assert.InRange(answer.Run.MemoryPeakBytes, 1ul << 20, 64ul << 20);
    }

    [Fact]
    public async Task Shared_memory_which_the_kernel_does_not_count_is_seen_by_the_keeper()
    {
        var answer = await container.RunAsync(Requests.Python(
            "import mmap, time\nblock = mmap.mmap(-1, 256 << 20)\nfor at in range(0, 256 << 20, 4096): block[at] = 1\ntime.sleep(20)",
            limits: new Limits { MemoryLimitBytes = 64 << 20 }));

        Assert.Equal(Outcome.MemoryLimit, answer.Outcome);
        Assert.Contains("memory limit of 64 MiB", answer.Run.Message);
        Assert.True(answer.Run.WallTimeMs < 10_000);
    }

    [Fact]
    public async Task A_spinning_program_is_stopped_by_the_cpu_time_limit()
    {
        var answer = await container.RunAsync(Requests.Bash("while :; do :; done", limits: new Limits { CpuTimeLimitMs = 1000 }));

        Assert.Equal(Outcome.CpuTimeLimit, answer.Outcome);
    }
}

/// <summary>Root without the capabilities that giving programs users of their own takes.</summary>
public sealed class PowerlessContainerTests(PowerlessContainer container) : IClassFixture<PowerlessContainer>
{
    [Fact]
    public async Task Readiness_names_the_capabilities_that_are_missing_and_nothing_runs()
    {
        using var answer = await container.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("lacks CAP_SETGID CAP_SETUID", text);
        await Assert.ThrowsAsync<RpcException>(() => container.RunAsync(Requests.Bash("echo ran")));
    }
}

/// <summary>kill -9 of the service, with programs running that ignore what can be ignored.</summary>
public sealed class DoomedContainerTests(DoomedContainer container) : IClassFixture<DoomedContainer>
{
    [Fact]
    public async Task Everything_dies_with_the_service_and_the_next_start_has_nothing_left()
    {
        // As many as one caller may have at once, on two processors.
        const int Runs = 3;
        var started = 0;
        var runs = Enumerable.Range(0, Runs).Select(async _ =>
        {
            using var call = container.Client.ExecuteStream(Requests.Bash("trap '' TERM INT HUP; setsid sleep 300 & sleep 300 & echo started; sleep 300"));
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                if (call.ResponseStream.Current.Output is not null)
                    Interlocked.Increment(ref started);
            }
        }).ToList();
        await ProcessTraces.WaitAsync(() => Volatile.Read(ref started) == Runs);
        await ProcessTraces.WaitAsync(() => ProcessTraces.ProcessesOf(container.FirstUserId).Count >= 3 * Runs);
        Assert.NotEmpty(container.StateDirectory.GetFiles("launcher.sock", SearchOption.AllDirectories));

        await container.KillAsync();
        await ProcessTraces.WaitAsync(() => ProcessTraces.ProcessesOf(container.FirstUserId).Count == 0);
        await Task.WhenAll(runs.Select(async run => await Assert.ThrowsAsync<RpcException>(() => run)));
        await container.StartAsync();

        Assert.Single(container.StateDirectory.GetDirectories("onlinecompiler-*"));
        Assert.Equal("next\n", (await container.RunAsync(Requests.Bash("echo next"))).Run.Stdout.ToStringUtf8());
        await ProcessTraces.WaitAsync(() => container.StateDirectory.GetDirectories("runs", SearchOption.AllDirectories).All(runs => runs.GetDirectories().Length == 0));
    }
}
