using global::Grpc.Core;
using Google.Protobuf;
using Google.Rpc;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Grpc;

public sealed class InvalidRequestTests(ServiceFixture service)
{
    [Theory]
    [InlineData("language", "is required")]
    [InlineData("files", "at least one")]
    public async Task What_is_required_is_named(string field, string description)
    {
        var violations = await RefuseAsync(new ExecuteRequest());

        Assert.Contains(description, violations[field]);
    }

    [Theory]
    [InlineData("pyhton", "\"python\"")]
    [InlineData("C+", "\"c++\"")]
    [InlineData("typescrip", "\"typescript\"")]
    public async Task An_unknown_language_comes_with_near_matches(string typed, string meant)
    {
        var violations = await RefuseAsync(Requests.Program(typed, "x"));

        Assert.Contains("did you mean", violations["language"]);
        Assert.Contains(meant, violations["language"]);
    }

    [Theory]
    [InlineData("../escape.py", "..")]
    [InlineData("/etc/passwd", "relative")]
    [InlineData("a//b.py", "empty")]
    [InlineData("./main.py", "\".\"")]
    [InlineData("", "is required")]
    public async Task A_path_that_leaves_the_workspace_is_named(string path, string description)
    {
        var request = Requests.Python("print(1)");
        request.Files.Add(Requests.File(path, "x"));

        Assert.Contains(description, (await RefuseAsync(request))["files[1].path"]);
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once()
    {
        var request = Requests.Python("print(1)", limits: new Limits { WallTimeLimitMs = 60_001, MemoryLimitBytes = 1, ProcessLimit = 513, OutputLimitBytes = 17 << 20 });
        request.Files.Add(Requests.File("main.py", "twice"));
        request.Files.Add(Requests.File("main.py/below", "x"));
        request.EntryPoint = "other.py";
        request.Version = "three";
        request.RequestId = "a b";
        request.Environment.Add("1X", "x");
        request.Arguments.Add("a\0b");
        request.CompilerArguments.Add("-O2");
        request.Terminal = new TerminalSize { Columns = 80, Rows = 0 };
        request.Collect.Add("/etc/*");

        var violations = await RefuseAsync(request);

        Assert.Equal(
            [
                "arguments[0]", "collect[0]", "compiler_arguments", "entry_point", "environment[1X]", "files[1].path", "files[2].path",
                "limits.memory_limit_bytes", "limits.output_limit_bytes", "limits.process_limit", "limits.wall_time_limit_ms",
                "request_id", "terminal", "terminal.rows", "version",
            ],
            violations.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("from 1 to 60000 ms, not 60001", violations["limits.wall_time_limit_ms"]);
    }

    [Fact]
    public async Task A_file_and_files_that_are_too_large_are_named()
    {
        var request = Requests.Python("print(1)");
        for (var i = 0; i < 5; i++)
            request.Files.Add(new SourceFile { Path = $"f{i}", Content = ByteString.CopyFrom(new byte[(1 << 20) - (i == 0 ? -1 : 0)]) });

        var violations = await RefuseAsync(request);

        Assert.Contains("at most 1 MiB", violations["files[1].content"]);
        Assert.Contains("at most 4 MiB together", violations["files"]);
    }

    [Fact]
    public async Task A_version_that_is_not_installed_is_named_with_the_one_that_is()
    {
        var request = Requests.Python("print(1)");
        request.Version = "^2";

        Assert.Contains("Python is 3.", (await RefuseAsync(request))["version"]);
    }

    private async Task<Dictionary<string, string>> RefuseAsync(ExecuteRequest request)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        return error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations
            .GroupBy(violation => violation.Field)
            .ToDictionary(group => group.Key, group => string.Join("; ", group.Select(violation => violation.Description)));
    }
}
