using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace OnlineCompiler.Web.Tests;

/// <summary>The host as it is, with the client that the build of Web made.</summary>
internal sealed class WebHost : WebApplicationFactory<Program>
{
    public static HttpRequestMessage Get(string path, string? acceptEncoding = null) => Request(HttpMethod.Get, path, acceptEncoding);

    public static HttpRequestMessage Request(HttpMethod method, string path, string? acceptEncoding = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (acceptEncoding is not null)
            request.Headers.Add("Accept-Encoding", acceptEncoding);
        return request;
    }

    /// <summary>Path of the script that the page loads first; its name changes with its content.</summary>
    public static async Task<string> EntryScriptAsync(HttpClient client)
    {
        var page = await client.GetStringAsync("/", TestContext.Current.CancellationToken);
        var match = Regex.Match(page, "src=\"(/assets/[^\"]+\\.js)\"");
        Assert.True(match.Success, page);
        return match.Groups[1].Value;
    }
}
