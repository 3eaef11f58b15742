using System.Text;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Serverless;

/// <summary>What the image <c>function</c> starts, asked as the web adapter asks it.</summary>
public sealed class FunctionTests(SynthesizedEnvironments environments, RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Program = """{ "language": "python", "files": [{ "path": "main.py", "content": "print('ä')" }] }""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Template Serverless => environments["serverless"];

    private Dictionary<string, string> WithRedis => new() { ["ConnectionStrings__redis"] = redis.ConnectionString };

    [Fact]
    public async Task Requests_of_both_versions_reach_the_service_beside_it_as_they_were_sent_and_it_stops_when_it_is_told()
    {
        await using var function = await RunningFunction.StartAndAwaitAsync(Serverless, "session", WithRedis);

        // As soon as the adapter finds it ready, so is the neighbour. A body that is no plain text comes as base64.
        var created = await function.Adapter.InvokeAsync(Version2("POST", "/api/v1/sessions", body: Convert.ToBase64String(Encoding.UTF8.GetBytes(Program)), isBase64: true), Cancellation);
        Assert.True(created.Status == 201, created.Body);
        var cookie = Assert.Single(created.Cookies, each => each.StartsWith("oc_owner=", StringComparison.Ordinal)).Split(';')[0];
        var id = (string)created.Json["id"]!;

        // Cookies apart from the headers, and a query.
        var mine = await function.Adapter.InvokeAsync(Version2("GET", "/api/v1/sessions", query: "pageSize=1", cookies: ["theme=dark", cookie]), Cancellation);
        Assert.Equal((200, id), (mine.Status, (string?)Assert.Single(mine.Json["sessions"]!.AsArray())!["id"]));
        // Who has no cookie has nothing of it.
        var others = await function.Adapter.InvokeAsync(Version2("GET", "/api/v1/sessions"), Cancellation);
        Assert.Empty(others.Json["sessions"]!.AsArray());

        // The older version: cookies are a header that may come several times, parameters have lists of values, the stage is not in the path.
        var older = await function.Adapter.InvokeAsync(Version1("GET", $"/api/v1/sessions/{id}", new() { ["Cookie"] = ["theme=dark", cookie], ["Accept"] = ["application/json"] }), Cancellation);
        Assert.Equal((200, "print('ä')"), (older.Status, (string?)older.Json["files"]![0]!["content"]));
        var page = await function.Adapter.InvokeAsync(Version1("GET", "/api/v1/sessions", new() { ["Cookie"] = [cookie] }, new() { ["pageSize"] = ["1"] }), Cancellation);
        Assert.Single(page.Json["sessions"]!.AsArray());

        // Ours is the default stage, which is in no path; another one's would be, and is a path that nobody has.
        Assert.Equal("$default", Serverless.Single("AWS::ApiGatewayV2::Stage").Text("StageName"));
        Assert.Equal(404, (await function.Adapter.InvokeAsync(Version2("GET", "/prod/api/v1/sessions", stage: "prod"), Cancellation)).Status);

        int[] processes = [.. function.ProcessesOf("session/SessionService.dll"), .. function.ProcessesOf("gateway/Gateway.dll")];
        Assert.True(processes.Length >= 2);
        function.Signal("TERM");
        Assert.Equal(0, await function.EndAsync());
        Assert.All(processes, process => Assert.False(Directory.Exists($"/proc/{process}")));
    }

    [Fact]
    public async Task When_the_service_beside_it_ends_all_of_it_does_so_that_Lambda_starts_another()
    {
        await using var function = await RunningFunction.StartAndAwaitAsync(Serverless, "session", WithRedis);

        foreach (var process in function.ProcessesOf("session/SessionService.dll"))
            RunningFunction.Signal(process, "KILL");

        await function.EndAsync();
        Assert.Empty(function.ProcessesOf("gateway/Gateway.dll"));
    }

    [Fact]
    public async Task The_key_of_the_AI_is_asked_for_by_the_functions_role_and_given_to_that_process_alone()
    {
        const string Secret = "sk-\"quoted\"/and more";
        await using var manager = await SecretsManager.StartAsync("onlinecompiler/serverless/ai-key", Secret);
        await using var function = await RunningFunction.StartAndAwaitAsync(Serverless, "ai", Role(manager));

        Assert.Equal(["told"], manager.Heard);
        Assert.Contains($"\0Ai__ApiKey={Secret}\0", $"\0{RunningFunction.EnvironmentOf(Assert.Single(function.ProcessesOf("ai/AiService.dll")))}", StringComparison.Ordinal);
        Assert.DoesNotContain("Ai__ApiKey", RunningFunction.EnvironmentOf(Assert.Single(function.ProcessesOf("gateway/Gateway.dll"))), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, function.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_ends_it_with_the_reason()
    {
        await using var manager = await SecretsManager.StartAsync("another", "value");
        await using var function = RunningFunction.Start(Serverless, "ai", Role(manager));

        Assert.Equal(1, await function.EndAsync());
        Assert.Equal(["ResourceNotFoundException"], manager.Heard);
        Assert.Contains("the secret onlinecompiler/serverless/ai-key could not be read", function.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_no_function_has_is_refused()
    {
        await using var function = RunningFunction.Start(Serverless, "gateway", new Dictionary<string, string> { ["FUNCTION_SERVICES"] = "execution" });

        Assert.Equal(1, await function.EndAsync());
        Assert.Contains("must be gateway, session or ai, not \"execution\"", function.Said, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Role(SecretsManager manager) => new()
    {
        ["AWS_REGION"] = "eu-central-1",
        ["AWS_ACCESS_KEY_ID"] = SecretsManager.KeyId,
        ["AWS_SECRET_ACCESS_KEY"] = SecretsManager.Key,
        ["AWS_SESSION_TOKEN"] = SecretsManager.Token,
        ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = manager.Address,
    };

    private static JsonObject Version2(string method, string path, string query = "", string[]? cookies = null, string? body = null, bool isBase64 = false, string stage = "$default") => new()
    {
        ["version"] = "2.0",
        ["routeKey"] = "ANY /api/v1/sessions",
        ["rawPath"] = path,
        ["rawQueryString"] = query,
        ["cookies"] = cookies is null ? null : new JsonArray([.. cookies.Select(cookie => (JsonNode)cookie)]),
        ["headers"] = new JsonObject
        {
            ["accept"] = "application/json",
            ["content-type"] = "application/json",
            ["x-forwarded-for"] = "203.0.113.9",
            ["x-forwarded-proto"] = "https",
        },
        ["requestContext"] = new JsonObject
        {
            ["stage"] = stage,
            ["domainName"] = "origin.try.example.org",
            ["http"] = new JsonObject { ["method"] = method, ["path"] = path, ["protocol"] = "HTTP/1.1", ["sourceIp"] = "203.0.113.9" },
        },
        ["body"] = body,
        ["isBase64Encoded"] = isBase64,
    };

    private static JsonObject Version1(string method, string path, Dictionary<string, string[]> headers, Dictionary<string, string[]>? query = null) => new()
    {
        ["version"] = "1.0",
        ["resource"] = "/api/v1/sessions/{proxy+}",
        ["path"] = path,
        ["httpMethod"] = method,
        ["headers"] = new JsonObject(headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value[^1]))),
        ["multiValueHeaders"] = Lists(headers),
        ["queryStringParameters"] = query is null ? null : new JsonObject(query.Select(parameter => KeyValuePair.Create(parameter.Key, (JsonNode?)parameter.Value[^1]))),
        ["multiValueQueryStringParameters"] = query is null ? null : Lists(query),
        ["requestContext"] = new JsonObject { ["stage"] = "prod", ["path"] = $"/prod{path}", ["httpMethod"] = method, ["identity"] = new JsonObject { ["sourceIp"] = "203.0.113.9" } },
        ["body"] = null,
        ["isBase64Encoded"] = false,
    };

    private static JsonObject Lists(Dictionary<string, string[]> values) =>
        new(values.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)new JsonArray([.. each.Value.Select(value => (JsonNode)value)]))));
}
