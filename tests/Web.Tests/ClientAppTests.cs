using System.IO.Compression;
using System.Net;

namespace OnlineCompiler.Web.Tests;

public sealed class ClientAppTests : IDisposable
{
    private readonly WebHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task The_page_is_always_checked_again()
    {
        using var response = await _host.CreateClient().GetAsync("/", Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        Assert.NotNull(response.Headers.ETag);
    }

    [Fact]
    public async Task An_unchanged_page_is_not_sent_twice()
    {
        using var client = _host.CreateClient();
        using var first = await client.GetAsync("/", Token);
        using var request = WebHost.Get("/");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Hashed_files_are_kept_for_a_year()
    {
        using var client = _host.CreateClient();

        using var response = await client.GetAsync(await WebHost.EntryScriptAsync(client), Token);

        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.GetValues("Cache-Control").Single());
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    public async Task Files_are_sent_compressed_as_the_browser_accepts(string accepted, string expected)
    {
        using var client = _host.CreateClient();
        var path = await WebHost.EntryScriptAsync(client);
        var plain = await client.GetByteArrayAsync(path, Token);

        using var response = await client.SendAsync(WebHost.Get(path, accepted), Token);

        Assert.Equal(expected, response.Content.Headers.ContentEncoding.Single());
        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.Contains("immutable", response.Headers.GetValues("Cache-Control").Single());
        var compressed = await response.Content.ReadAsByteArrayAsync(Token);
        Assert.True(compressed.Length < plain.Length / 2, $"{compressed.Length} of {plain.Length} bytes");
        Assert.Equal(plain, Decompress(compressed, expected));
    }

    [Fact]
    public async Task Who_accepts_nothing_compressed_gets_the_plain_file_and_caches_are_told()
    {
        using var client = _host.CreateClient();

        using var response = await client.GetAsync(await WebHost.EntryScriptAsync(client), Token);

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
    }

    [Theory]
    [InlineData("/saved/abc")]
    [InlineData("/deep/er/route")]
    public async Task Addresses_of_the_client_get_the_page(string path)
    {
        using var response = await _host.CreateClient().GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("/assets/index-OLDHASH.js")]
    [InlineData("/missing.png")]
    [InlineData("/.stamp")]
    [InlineData("/assets/../appsettings.json")]
    public async Task A_missing_file_is_not_found_and_not_the_page(string path)
    {
        using var response = await _host.CreateClient().GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("<html", await response.Content.ReadAsStringAsync(Token), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_head_request_gets_the_headers_alone()
    {
        using var response = await _host.CreateClient().SendAsync(WebHost.Request(HttpMethod.Head, "/"), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Nothing_can_be_posted_here()
    {
        using var response = await _host.CreateClient().PostAsync("/", content: null, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static byte[] Decompress(byte[] compressed, string encoding)
    {
        using var source = new MemoryStream(compressed);
        using Stream plain = encoding == "br"
            ? new BrotliStream(source, CompressionMode.Decompress)
            : new GZipStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        plain.CopyTo(target);
        return target.ToArray();
    }
}
