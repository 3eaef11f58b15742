using Microsoft.Extensions.Logging.Abstractions;
using OnlineCompiler.ExecutionService.Compilation;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Compilation;

/// <summary>What is on disk is trusted only as far as it is what was written.</summary>
public sealed class CompilationFilesTests : IAsyncDisposable
{
    private readonly TestCache _cache = new();

    private static readonly Dictionary<string, Func<byte[], byte[]>> _damages = new()
    {
        ["nothing left"] = _ => [],
        ["cut in the mark"] = bytes => bytes[..5],
        ["cut in the checksum"] = bytes => bytes[..20],
        ["last byte gone"] = bytes => bytes[..^1],
        ["a byte more"] = bytes => [.. bytes, 0],
        ["another program"] = bytes => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)],
        ["another checksum"] = bytes => [.. bytes[..8], (byte)(bytes[8] ^ 1), .. bytes[9..]],
        ["another format"] = bytes => [.. "OCCOMP99"u8, .. bytes[8..]],
    };

    public static TheoryData<string> Damages => [.. _damages.Keys];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_entry_is_dropped_and_made_anew(string damage)
    {
        await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);
        await _cache.WaitForEntriesAsync(1);
        var entry = _cache.Entries[0];
        var sound = await File.ReadAllBytesAsync(entry, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(entry, _damages[damage](sound), TestContext.Current.CancellationToken);
        await _cache.RestartAsync();
        // It fails, so that nothing takes the dropped entry's place.
        _cache.Sandbox.Script = run => run.End(SandboxOutcome.NonzeroExit, 1);

        var answer = await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("compilation 2", answer.Output);
        Assert.False(File.Exists(entry));
    }

    [Fact]
    public async Task A_sound_entry_under_another_ones_name_is_dropped()
    {
        var other = TestCache.Order(TestCache.Stage("another program"));
        await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);
        await _cache.WaitForEntriesAsync(1);
        var first = _cache.Entries[0];
        await _cache.CompileAsync(other, TestContext.Current.CancellationToken);
        await _cache.WaitForEntriesAsync(2);
        File.Copy(first, _cache.Entries.Single(entry => entry != first), overwrite: true);
        await _cache.RestartAsync();

        var answer = await _cache.CompileAsync(other, TestContext.Current.CancellationToken);

        Assert.Equal("compilation 3", answer.Output);
    }

    [Fact]
    public async Task Files_are_for_the_services_user_alone()
    {
        await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);
        await _cache.WaitForEntriesAsync(1);

        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(_cache.Folder));
    }

    [Fact]
    public async Task A_folder_that_is_open_to_others_is_not_used()
    {
        File.SetUnixFileMode(_cache.Folder, (UnixFileMode)0b111_000_111);
        await _cache.RestartAsync();

        await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.True((await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken)).IsCached);
        Assert.Empty(_cache.Entries);
    }

    [Fact]
    public void A_link_is_not_used_as_the_folder()
    {
        var link = _cache.Folder + "-link";
        Directory.CreateSymbolicLink(link, _cache.Folder);

        var refusal = Assert.Throws<IOException>(() => PrivateFolder.Make(link));

        Assert.Contains("is a link", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_gone_costs_nothing_but_the_entry()
    {
        var files = new CompilationFiles(_cache.Folder, 1_000_000, TimeProvider.System, NullLogger.Instance);
        Directory.Delete(_cache.Folder);

        files.Write(Key(1), Compilation(1_000));

        Assert.Equal(0, files.Bytes);
    }

    [Fact]
    public async Task Beyond_the_bound_those_not_used_for_longest_go()
    {
        const int EntryBytes = 100 * 1024;
        const int Bound = 10 * EntryBytes + 10_000;
        var files = new CompilationFiles(_cache.Folder, Bound, TimeProvider.System, NullLogger.Instance);
        for (var number = 0; number < 10; number++)
        {
            files.Write(Key(number), Compilation(EntryBytes));
            File.SetLastWriteTimeUtc(Path.Combine(_cache.Folder, Key(number).Text), DateTime.UtcNow.AddMinutes(number - 20));
        }
        Assert.Equal(10, _cache.Entries.Count);
        // The oldest is used once more, and so is the newest of all.
        Assert.NotNull(await files.ReadAsync(Key(0), TestContext.Current.CancellationToken));

        files.Write(Key(10), Compilation(EntryBytes));

        Assert.InRange(files.Bytes, 1, Bound);
        Assert.Equal(files.Bytes, _cache.Entries.Sum(entry => new FileInfo(entry).Length));
        Assert.NotNull(await files.ReadAsync(Key(0), TestContext.Current.CancellationToken));
        Assert.NotNull(await files.ReadAsync(Key(10), TestContext.Current.CancellationToken));
        Assert.Null(await files.ReadAsync(Key(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Memory_holds_those_used_last_up_to_its_bound()
    {
        var hot = new HotCompilations(capacityBytes: 10_000);
        for (var number = 0; number < 5; number++)
        {
            hot.Add(Key(number), Compilation(2_000));
            hot.Find(Key(0));
        }
        hot.Add(Key(9), Compilation(9_000));

        Assert.NotNull(hot.Find(Key(0)));
        Assert.NotNull(hot.Find(Key(4)));
        Assert.Null(hot.Find(Key(1)));
        Assert.Null(hot.Find(Key(9)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(1024L * 1024 * 1024 * 1024 + 1)]
    public void A_bound_out_of_range_is_refused_by_name(long cacheBytes)
    {
        var result = new CompilationOptionsValidator().Validate(null, new CompilationOptions { CacheBytes = cacheBytes });

        Assert.Contains("Compilation:CacheBytes must be 0, or from 1048576 to 1099511627776", result.FailureMessage, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _cache.DisposeAsync();

    private static CompileKey Key(int number) => new($"{number:x64}");

    private static KeptCompilation Compilation(int bytes) => new([], [new WorkspaceFile("main", new byte[bytes])], new SandboxReport
    {
        Outcome = SandboxOutcome.Succeeded,
        ExitCode = 0,
        Isolation = SandboxIsolation.Full,
        WallTime = TimeSpan.Zero,
        UserCpuTime = TimeSpan.Zero,
        SystemCpuTime = TimeSpan.Zero,
        MemoryPeakBytes = 0,
    });
}
