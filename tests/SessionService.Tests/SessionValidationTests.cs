using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.SessionService.Tests;

/// <summary>Nothing of this reaches the store, so there is none.</summary>
public sealed class SessionValidationTests
{
    private const int MiB = 1024 * 1024;

    public static TheoryData<string, Action<CreateSessionRequest>> WrongRequests => new()
    {
        { "owner", request => request.Owner = "" },
        { "owner", request => request.Owner = new string('o', 129) },
        { "content", request => request.Content = null },
        { "content.title", request => request.Content.Title = new string('t', 121) },
        { "content.language", request => request.Content.Language = "" },
        { "content.language", request => request.Content.Language = "Python" },
        { "content.language", request => request.Content.Language = "python\n" },
        { "content.language", request => request.Content.Language = new string('p', 33) },
        { "content.files", request => request.Content.Files.Clear() },
        { "content.files", request => request.Content.Files.Add(Enumerable.Range(0, 99).Select(n => File($"{n}.py"))) },
        { "content.files", request => request.Content.Files.Add(Enumerable.Range(0, 4).Select(n => File($"{n}.py", new string('#', MiB)))) },
        { "content.files[2].content", request => request.Content.Files.Add(File("large.py", new string('é', MiB / 2 + 1))) },
        { "content.files[2].path", request => request.Content.Files.Add(File("main.py")) },
        { "content.files[2].path", request => request.Content.Files.Add(File("")) },
        { "content.files[2].path", request => request.Content.Files.Add(File("/etc/passwd")) },
        { "content.files[2].path", request => request.Content.Files.Add(File("../main.py")) },
        { "content.files[2].path", request => request.Content.Files.Add(File("lib/../../main.py")) },
        { "content.files[2].path", request => request.Content.Files.Add(File("./main.py")) },
        { "content.files[2].path", request => request.Content.Files.Add(File("lib//main.py")) },
        { "content.files[2].path", request => request.Content.Files.Add(File("lib/")) },
        { "content.files[2].path", request => request.Content.Files.Add(File("main\0.py")) },
        { "content.files[2].path", request => request.Content.Files.Add(File(new string('é', 128))) },
        { "content.stdin", request => request.Content.Stdin = new string(' ', 4 * MiB) },
        { "content.arguments", request => request.Content.Arguments.Add(Enumerable.Repeat("a", 255)) },
        { "content.arguments[2]", request => request.Content.Arguments.Add(new string('a', 4097)) },
        { "content.entry_point", request => request.Content.EntryPoint = "missing.py" },
    };

    [Theory]
    [MemberData(nameof(WrongRequests), DisableDiscoveryEnumeration = true)]
    public async Task A_wrong_field_is_refused_by_name(string field, Action<CreateSessionRequest> spoil)
    {
        await using var app = new SessionServiceApp("127.0.0.1:1");
        var request = new CreateSessionRequest { Owner = "owner", Content = SessionServiceApp.SampleContent() };
        spoil(request);

        var failure = await SessionServiceApp.FailsAsync(
            StatusCode.InvalidArgument, async () => await app.Client.CreateSessionAsync(request));

        Assert.Equal([field], FieldsOf(failure));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once()
    {
        await using var app = new SessionServiceApp("127.0.0.1:1");

        var failure = await SessionServiceApp.FailsAsync(
            StatusCode.InvalidArgument,
            async () => await app.Client.SaveSessionAsync(new SaveSessionRequest { Content = new SessionContent() }));

        Assert.Equal(["owner", "id", "version", "content.language", "content.files"], FieldsOf(failure));
    }

    [Fact]
    public async Task However_much_is_wrong_the_refusal_arrives()
    {
        await using var app = new SessionServiceApp("127.0.0.1:1");
        var request = new CreateSessionRequest { Owner = "owner", Content = SessionServiceApp.SampleContent() };
        request.Content.Files.Add(Enumerable.Range(0, 5_000).Select(_ => File("../main.py")));

        var failure = await SessionServiceApp.FailsAsync(StatusCode.InvalidArgument, async () => await app.Client.CreateSessionAsync(request));

        var violations = failure.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations;
        Assert.Equal(["content.files", "content.files[2].path", "content.files[3].path"], violations.Take(3).Select(violation => violation.Field));
        // Besides the number of files, each one is told or counted.
        Assert.EndsWith($"; and {5_001 - violations.Count} more are wrong", violations[^1].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_more_than_a_hundred_is_refused()
    {
        await using var app = new SessionServiceApp("127.0.0.1:1");

        var failure = await SessionServiceApp.FailsAsync(StatusCode.InvalidArgument, () => app.ListAsync("owner", pageSize: 101));

        Assert.Equal(["page_size"], FieldsOf(failure));
    }

    private static SessionFile File(string path, string content = "") => new() { Path = path, Content = content };

    private static IEnumerable<string> FieldsOf(RpcException exception) =>
        exception.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field);
}
