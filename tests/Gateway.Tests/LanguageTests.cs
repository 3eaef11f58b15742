using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Tests;

public sealed class LanguageTests
{
    private const string Path = "/api/v1/languages";

    [Fact]
    public async Task Languages_are_listed_with_all_that_is_known_of_them()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.Languages.Languages.Add(new Language
        {
            Id = "cpp",
            Compiled = true,
            InstallCommand = "apt-get install g++",
            LineComment = "//",
            BlockComment = { "/*", "*/" },
            Versions = { "14.2.0", "12.2.0" },
            UninstalledVersions = { new UninstalledVersion { Name = "15", InstallCommand = "install 15" }, new UninstalledVersion { Name = "16", Problem = "no" } },
            Libraries = { new Library { Name = "boost", Version = "1.74" } },
        });

        var answer = await (await gateway.Http.GetAsync(Path, TestContext.Current.CancellationToken)).JsonAsync();

        AssertJson("""
            { "id": "python", "name": "Python", "aliases": ["py"], "extensions": [".py"], "version": "3.11.2", "versions": [], "uninstalledVersions": [], "installed": true,
              "installCommand": "", "compiled": false, "editorMode": "python", "lineComment": null, "blockComment": null,
              "entryPoint": "main.py", "sample": "print(input())", "sampleStdin": "x", "libraries": [] }
            """, answer["languages"]![0]!);
        AssertJson("""
            { "id": "cpp", "name": "", "aliases": [], "extensions": [], "version": "", "versions": ["14.2.0", "12.2.0"],
              "uninstalledVersions": [{ "name": "15", "installCommand": "install 15", "problem": null }, { "name": "16", "installCommand": null, "problem": "no" }], "installed": false,
              "installCommand": "apt-get install g++", "compiled": true, "editorMode": "", "lineComment": "//", "blockComment": { "start": "/*", "end": "*/" },
              "entryPoint": "", "sample": "", "sampleStdin": "", "libraries": [{ "name": "boost", "version": "1.74" }] }
            """, answer["languages"]![1]!);
    }

    [Fact]
    public async Task The_list_is_not_sent_again_until_it_has_changed()
    {
        await using var gateway = await TestGateway.StartAsync();

        using var first = await gateway.Http.GetAsync(Path, TestContext.Current.CancellationToken);
        var tag = first.Headers.ETag!;
        Assert.False(tag.IsWeak);
        Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());

        using var second = await AskAsync(gateway, tag);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(tag, second.Headers.ETag);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        gateway.Services.Execution.Languages.Languages.Add(new Language { Id = "cpp" });
        using var third = await AskAsync(gateway, tag);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        Assert.NotEqual(tag, third.Headers.ETag);
    }

    private static async Task<HttpResponseMessage> AskAsync(TestGateway gateway, EntityTagHeaderValue known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { IfNoneMatch = { known } } };
        return await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
