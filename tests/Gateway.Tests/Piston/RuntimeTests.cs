using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnlineCompiler.Gateway.Tests.Piston;

public sealed class RuntimeTests
{
    [Theory]
    [InlineData("/api/v2/runtimes")]
    [InlineData("/api/v2/runtimes/")]
    [InlineData("/API/V2/Runtimes")]
    [InlineData("/api/v2/piston/runtimes")]
    public async Task Every_installed_version_is_a_runtime_by_the_name_that_clients_know(string path)
    {
        await using var gateway = await Instance.StartAsync();

        var runtimes = await ListAsync(gateway, path);

        Assert.Equal(
            ["python 3.11.2", "c++ 12.2.0", "java 17.0.16", "javascript 26.1.0", "javascript 20.19.2", "rust 1.63.0", "csharp 10.0.1", "zsh 5.9.0"],
            runtimes.Select(runtime => $"{runtime["language"]} {runtime["version"]}"));
        Assert.True(JsonNode.DeepEquals(runtimes[1], JsonNode.Parse("""{"language":"c++","version":"12.2.0","aliases":["cpp","g++","cxx"],"runtime":"gcc"}""")));
        Assert.True(JsonNode.DeepEquals(runtimes[0], JsonNode.Parse("""{"language":"python","version":"3.11.2","aliases":["py","py3","python3","python3.11"]}""")));
        Assert.Equal("node", (string?)runtimes[3]["runtime"]);
    }

    [Fact]
    public async Task The_list_is_empty_where_nothing_is_installed()
    {
        await using var gateway = await Instance.StartAsync();
        gateway.Services.Execution.Languages.Languages.Clear();

        Assert.Equal("[]", await gateway.Http.GetStringAsync("/api/v2/runtimes", TestContext.Current.CancellationToken));
    }

    [Theory]
    // Names and aliases, ranges, and which version answers.
    [InlineData("python", "*", "python", "3.11.2")]
    [InlineData("py", "x", "python", "3.11.2")]
    [InlineData("python3", "3", "python", "3.11.2")]
    [InlineData("python3.11", "3.x", "python", "3.11.2")]
    [InlineData("python", "^3.9 || 2", "python", "3.11.2")]
    [InlineData("python", ">=3.9 <4", "python", "3.11.2")]
    [InlineData("python", "v3.11.2", "python", "3.11.2")]
    [InlineData("js", "*", "javascript", "20.19.2")]
    [InlineData("js", ">=18", "javascript", "20.19.2")]
    [InlineData("js", ">=22", "javascript", "26.1.0")]
    [InlineData("node-javascript", "20.x", "javascript", "20.19.2")]
    [InlineData("cpp", "*", "c++", "12.2.0")]
    [InlineData("c++", "12.2.0", "c++", "12.2.0")]
    [InlineData("rs", "1.63", "rust", "1.63.0")]
    // What clients hard-code, and what runs it.
    [InlineData("python", "3.10.0", "python", "3.11.2")]
    [InlineData("javascript", "18.15.0", "javascript", "20.19.2")]
    [InlineData("c++", "10.2.0", "c++", "12.2.0")]
    [InlineData("java", "15.0.2", "java", "17.0.16")]
    [InlineData("csharp", "6.12.0", "csharp", "10.0.1")]
    [InlineData("csharp.net", "5.0.201", "csharp", "10.0.1")]
    [InlineData("rust", "1.68.2", "rust", "1.63.0")]
    public async Task A_job_runs_on_the_version_that_it_asks_for_or_its_successor(string language, string version, string name, string exact)
    {
        await using var gateway = await Instance.StartAsync();

        var answer = await gateway.RunAsync(Instance.With($$"""{"language":"{{language}}","version":"{{version}}"}"""));

        Assert.Equal(name, (string?)answer["language"]);
        Assert.Equal(exact, (string?)answer["version"]);
        // What the service is asked for is its own name of the version.
        Assert.StartsWith(gateway.Services.Execution.LastRequest!.Version, exact, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python", "latest")]
    [InlineData("python", "2.x")]
    [InlineData("python", "4.0.0")]
    [InlineData("python", "3.11.2-rc1")]
    [InlineData("rust", "1.99.0")]
    [InlineData("javascript", "18.x")]
    [InlineData("Python", "*")]
    [InlineData("swift", "*")]
    [InlineData("nothing", "1.2.3")]
    public async Task An_unknown_runtime_is_named_as_it_was_asked_for(string language, string version)
    {
        await using var gateway = await Instance.StartAsync();

        var response = await gateway.PostAsync(Instance.Execute, Instance.With($$"""{"language":"{{language}}","version":"{{version}}"}"""));

        Assert.Equal($"{language}-{version} runtime is unknown", await response.MessageAsync(HttpStatusCode.BadRequest));
        Assert.Null(gateway.Services.Execution.LastRequest);
    }

    [Fact]
    public async Task Packages_are_the_runtimes_all_of_them_installed()
    {
        await using var gateway = await Instance.StartAsync();

        var packages = await ListAsync(gateway, "/api/v2/packages");

        Assert.True(JsonNode.DeepEquals(packages[1], JsonNode.Parse("""{"language":"gcc","language_version":"12.2.0","installed":true}""")));
        Assert.Contains(packages, package => (string?)package["language"] == "node" && (string?)package["language_version"] == "20.19.2");
    }

    [Theory]
    [InlineData("POST", """{"language":"gcc","version":"12.x"}""", 400, "Already installed")]
    [InlineData("DELETE", """{"language":"gcc","version":"12.2.0"}""", 400, "Packages are installed and removed by this server's operator")]
    [InlineData("POST", """{"language":"swift","version":"5.3.3"}""", 404, "Requested package swift-5.3.3 does not exist")]
    [InlineData("DELETE", """{"language":"node","version":"7.x"}""", 404, "Requested package node-7.x does not exist")]
    [InlineData("POST", """{"version":"5.3.3"}""", 400, "language is required as a string")]
    public async Task Packages_cannot_be_changed_from_outside(string method, string body, int status, string message)
    {
        await using var gateway = await Instance.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v2/packages") { Content = JsonContent.Create(JsonNode.Parse(body)) };

        var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(message, await response.MessageAsync((HttpStatusCode)status));
    }

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(TestGateway gateway, string path)
    {
        var list = await gateway.Http.GetFromJsonAsync<JsonArray>(path, TestContext.Current.CancellationToken);
        return [.. list!.Select(item => item!)];
    }
}
