using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;
using OnlineCompiler.Hostile.Tests.Witness;

[assembly: AssemblyFixture(typeof(WatchedHost))]

namespace OnlineCompiler.Hostile.Tests.Witness;

/// <summary>
/// The service on this host, and a witness. Every hostile program goes through <see cref="RunAsync"/>, which fails when
/// the host has noticed it, or when an honest program does not run as ever after it.
/// </summary>
public sealed class WatchedHost : IAsyncLifetime
{
    private const int Sandboxes = 32;

    private readonly ServiceFixture _service;

    public WatchedHost()
    {
        // Users of this process alone: other services on the machine run programs, too. Other tests take theirs below these.
        Users = new UserIds(1_200_000_000 + ((uint)Environment.ProcessId * Sandboxes), Sandboxes);
        _service = new ServiceFixture(new Dictionary<string, string>
        {
            ["Sandbox:FirstUserId"] = $"{Users.First}",
            ["Sandbox:MaxSandboxes"] = $"{Users.Count}",
            ["Sandbox:StateDirectory"] = StateDirectory,
            ["Execution:MaxConcurrent"] = "4",
            ["Sandbox:Prepared:Enabled"] = Environment.GetEnvironmentVariable("HOSTILE_PREPARED") ?? "true",
        });
        Witness = new HostWitness(Sandbox, Users, StateDirectory, Canaries);
    }

    internal Canaries Canaries { get; } = new();

    internal HostWitness Witness { get; }

    internal UserIds Users { get; }

    /// <summary>What the last one that was watched got of what was made ahead, by mould.</summary>
    internal IReadOnlyList<string> LastTaken { get; private set; } = [];

    /// <summary>Whether anything is; without, every program starts cold.</summary>
    internal bool IsPreparing => Sandbox.Prepared is not null;

    private static readonly string[] _prepared = ["python", "java", "javascript", "typescript", "csharp"];

    private ListLanguagesResponse? _languages;

    internal NamespaceSandbox Sandbox => _service.Service<NamespaceSandbox>();

    /// <summary>The service's own, and nobody else's.</summary>
    internal string StateDirectory { get; } = Directory.CreateTempSubdirectory("hostile-state-").FullName;

    /// <summary>Everything that is made once (connections, loaded code, counters) is made before anyone looks.</summary>
    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < 5; i++)
            await ExpectHonestRunAsync();
        await RestAsync();
        await Witness.AwaitQuietAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Canaries.Dispose();
        // The service removes what it made in it; another thread of the host may be about to.
        var isEmpty = SpinWait.SpinUntil(() => !Directory.EnumerateFileSystemEntries(StateDirectory).Any(), TimeSpan.FromSeconds(10));
        Assert.True(isEmpty, "The service left something in its state directory.");
        Directory.Delete(StateDirectory);
    }

    /// <summary>Runs a program, and expects the host not to have noticed.</summary>
    internal async Task<ExecuteResponse> RunAsync(ExecuteRequest request)
    {
        ExecuteResponse? answer = null;
        await WatchAsync(async client => answer = await client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken), request.Language);
        return answer!;
    }

    /// <summary>Does anything with the service, and expects the host not to have noticed.</summary>
    internal async Task WatchAsync(Func<Execution.V1.Execution.ExecutionClient, Task> work, string language = "bash")
    {
        // Stages that wait for orders are no traces of programs.
        await RestAsync();
        await Witness.AwaitQuietAsync(TestContext.Current.CancellationToken);
        var before = Witness.Look();
        await AwaitPreparedAsync(language);
        var takenBefore = CountTaken();
        await work(_service.Client);
        LastTaken = [.. CountTaken().Where(mould => mould.Value > takenBefore.GetValueOrDefault(mould.Key)).Select(mould => mould.Key).Order(StringComparer.Ordinal)];
        await ExpectHonestRunAsync();
        await RestAsync();
        await Witness.ExpectUnchangedAsync(before, TestContext.Current.CancellationToken);
    }

    /// <summary>The sample program of every language that is installed, by the language's id.</summary>
    internal async Task<IReadOnlyDictionary<string, byte[]>> ReadSamplesAsync()
    {
        var list = await _service.Client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: TestContext.Current.CancellationToken);
        return list.Languages.ToDictionary(language => language.Id, language => System.Text.Encoding.UTF8.GetBytes(language.Sample));
    }

    private Task RestAsync() => Sandbox.RestAsync();

    private Dictionary<string, long> CountTaken() =>
        Sandbox.Prepared?.Counts.GroupBy(count => count.Mould.Name).ToDictionary(mould => mould.Key, mould => mould.Sum(count => count.Taken)) ?? [];

    /// <summary>Hostile programs are to meet a sandbox made ahead, as most programs do.</summary>
    private async Task AwaitPreparedAsync(string language)
    {
        Sandbox.Resume();
        if (Sandbox.Prepared is not { } pool)
            return;
        // Runtimes are booted for the language of somebody who came before; until then nothing of theirs is counted, nor waited for.
        if (_prepared.Contains(language))
            await RunSampleAsync(language);
        for (var attempt = 0; attempt < 1000 && pool.Counts.Any(count => count.Ready == 0 && (count.Mould.Host?.Name.StartsWith($"{language} ", StringComparison.Ordinal) ?? true)); attempt++)
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    private async Task RunSampleAsync(string id)
    {
        _languages ??= await _service.Client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: TestContext.Current.CancellationToken);
        var language = _languages.Languages.Single(language => language.Id == id);
        var request = new ExecuteRequest { Language = id, Stdin = Google.Protobuf.ByteString.CopyFromUtf8(language.SampleStdin) };
        request.Files.Add(new SourceFile { Path = language.EntryPoint, Content = Google.Protobuf.ByteString.CopyFromUtf8(language.Sample) });
        Assert.Equal(Outcome.Succeeded, (await _service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken)).Outcome);
    }

    private async Task ExpectHonestRunAsync()
    {
        var answer = await _service.Client.ExecuteAsync(Requests.Bash("ls -A ~ /tmp /dev/shm; echo honest"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(
            answer.Outcome == Outcome.Succeeded && answer.Run.Stdout.ToStringUtf8() == "/dev/shm:\n\n/tmp:\n\n/workspace:\nmain.sh\nhonest\n",
            $"An honest program did not run as ever: {answer}");
    }
}
