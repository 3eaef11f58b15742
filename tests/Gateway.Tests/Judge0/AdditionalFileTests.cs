using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Tests.Judge0;

/// <summary>Archives, those made to hurt as well.</summary>
public sealed class AdditionalFileTests
{
    private const int UnixLink = 0xA1FF << 16;

    [Fact]
    public async Task Files_lie_beside_the_source_which_wins()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));

        await gateway.SubmitAsync(With(54, Zip(("data/a.txt", "A"), ("main.cpp", "overwritten"), ("./b.h", "B"))));

        var request = gateway.Services.Execution.LastRequest!;
        Assert.Equal(["main.cpp=print(42)", "data/a.txt=A", "b.h=B"], request.Files.Select(file => $"{file.Path}={file.Content.ToStringUtf8()}"));
        Assert.Equal("main.cpp", request.EntryPoint);
    }

    [Fact]
    public async Task Nothing_is_taken_that_lies_elsewhere_or_is_no_plain_file()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));
        var archive = Zip(zip =>
        {
            foreach (var name in (string[])["../up", "a/../../up", "/etc/passwd", "folder/", "a//b", "good.txt", "file", "file/inside"])
                Write(zip, name, "x");
            zip.CreateEntry("link").ExternalAttributes = UnixLink;
        });

        await gateway.SubmitAsync(With(71, archive));

        Assert.Equal(["main.py", "good.txt", "file/inside"], gateway.Services.Execution.LastRequest!.Files.Select(file => file.Path));
    }

    [Fact]
    public async Task What_is_no_archive_is_ignored_in_silence()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));

        await gateway.SubmitAsync(With(71, "no archive"u8.ToArray()));

        Assert.Single(gateway.Services.Execution.LastRequest!.Files);
    }

    [Fact]
    public async Task A_bomb_is_refused_when_it_has_grown_to_the_bound()
    {
        await using var gateway = await JudgeServer.StartAsync();
        // A thousandfold: it would be half a gigabyte.
        var bomb = Zip(zip =>
        {
            using var entry = zip.CreateEntry("bomb").Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 512; i++)
                entry.Write(zeros);
        });
        var many = Zip([.. Enumerable.Range(0, 99).Select(i => ($"{i}", "x"))]);
        var much = Zip([.. Enumerable.Range(0, 4).Select(i => ($"{i}", new string('x', 1_000_000)))]);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Equal(Refusal("1048576 bytes of one file"), await (await gateway.PostAsync(JudgeServer.Wait, With(71, bomb))).BodyAsync(422));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 64 << 20);
        Assert.Equal(Refusal("98 files"), await (await gateway.PostAsync(JudgeServer.Wait, With(71, many))).BodyAsync(422));
        Assert.Equal(Refusal("3080192 bytes of all files"), await (await gateway.PostAsync(JudgeServer.Wait, With(71, much))).BodyAsync(422));
        Assert.Equal(0, gateway.Services.Execution.ExecuteCalls);
    }

    [Fact]
    public async Task A_multi_file_program_is_its_run_script_after_its_compile_script()
    {
        await using var gateway = await JudgeServer.StartAsync();
        var compiled = JudgeServer.Succeeded("42");
        compiled.Artifacts.Add(new Artifact { Path = ".judge0.compile_output", Content = ByteString.CopyFromUtf8("a warning") });
        gateway.Services.Execution.OnExecute = _ => Task.FromResult(compiled);

        var answer = await gateway.SubmitAsync(MultiFile(("compile", "cc x.c"), ("run", "./a.out"), ("x.c", "…")));

        var request = gateway.Services.Execution.LastRequest!;
        Assert.Equal(("bash", ".judge0.sh"), (request.Language, request.EntryPoint));
        Assert.Equal(
            "bash compile > .judge0.compile_output 2>&1 < /dev/null || { echo $? > .judge0.compile_failed; exit 1; }\nexec bash run \"$@\"\n",
            request.Files[0].Content.ToStringUtf8());
        Assert.Equal([".judge0.sh", "compile", "run", "x.c"], request.Files.Select(file => file.Path));
        // Its own limits, and a compiler's on top.
        Assert.Equal((40_000u, 36_000u, 524_288_000ul), (request.Limits.WallTimeLimitMs, request.Limits.CpuTimeLimitMs, request.Limits.MemoryLimitBytes));
        Assert.Equal("a warning", (string?)answer["compile_output"]);
        Assert.Equal(3, (int?)answer["status"]!["id"]);
    }

    [Fact]
    public async Task A_multi_file_program_that_does_not_compile_says_so()
    {
        var failed = JudgeServer.Ran(Outcome.NonzeroExit, exitCode: 1);
        failed.Artifacts.Add(new Artifact { Path = ".judge0.compile_output", Content = ByteString.CopyFromUtf8("an error") });
        failed.Artifacts.Add(new Artifact { Path = ".judge0.compile_failed", Content = ByteString.CopyFromUtf8("2\n") });
        await using var gateway = await JudgeServer.StartAsync(failed);

        var answer = await gateway.PostAsync(JudgeServer.Wait, MultiFile(("compile.sh", "cc x.c"), ("run.sh", "./a.out")));

        Assert.Equal(
            """{"stdout":null,"time":null,"memory":null,"stderr":null,"token":"TOKEN","compile_output":"an error","message":null,"status":{"id":6,"description":"Compilation Error"}}""",
            await answer.BodyAsync(201));
    }

    [Fact]
    public async Task A_multi_file_program_without_a_compile_script_only_runs()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));

        await gateway.SubmitAsync(MultiFile(("run.sh", "echo 42"), ("run", "not this one")));

        var request = gateway.Services.Execution.LastRequest!;
        Assert.Equal("exec bash run.sh \"$@\"\n", request.Files[0].Content.ToStringUtf8());
        Assert.Equal(10_000u, request.Limits.WallTimeLimitMs);
    }

    private static string Refusal(string bound) => $$"""{"additional_files":["is too large (maximum is {{bound}})"]}""";

    private static string With(int languageId, byte[] archive) => new JsonObject
    {
        ["source_code"] = "print(42)",
        ["language_id"] = languageId,
        ["additional_files"] = Convert.ToBase64String(archive),
    }.ToJsonString();

    private static string MultiFile(params (string Name, string Content)[] files) => new JsonObject
    {
        ["language_id"] = 89,
        ["additional_files"] = Convert.ToBase64String(Zip(files)),
    }.ToJsonString();

    private static byte[] Zip(params (string Name, string Content)[] files) => Zip(zip =>
    {
        foreach (var (name, content) in files)
            Write(zip, name, content);
    });

    private static byte[] Zip(Action<ZipArchive> fill)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
            fill(zip);
        return archive.ToArray();
    }

    private static void Write(ZipArchive zip, string name, string content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(content));
    }
}
