using System.Net.Http.Headers;
using System.Text;

namespace OnlineCompiler.Deploy.Tests.Serverless;

/// <summary>What a function answers to API Gateway, of either version: there, in version 1.0, headers may have several values.</summary>
internal sealed record FunctionAnswer(int Status, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<string> Cookies, string Body, bool IsBase64)
{
    public byte[] Bytes => IsBase64 ? Convert.FromBase64String(Body) : Encoding.UTF8.GetBytes(Body);

    public JsonNode Json => JsonNode.Parse(Bytes)!;
}

/// <summary>
/// Stands in for AWS' web adapter, which is to be had from a registry alone: it asks for readiness and makes requests of events as the
/// adapter says that it does, from the formats in "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway".
/// </summary>
internal sealed class WebAdapter(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    /// <summary>Asked every 10 ms; all below 500 is an answer.</summary>
    public async Task<bool> IsReadyAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(path, cancellationToken);
            return (int)response.StatusCode < 500;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<FunctionAnswer> InvokeAsync(JsonObject @event, CancellationToken cancellationToken)
    {
        using var request = (string?)@event["version"] == "2.0" ? OfVersion2(@event) : OfVersion1(@event);
        // The adapter tells of where a request came from, whatever the caller said of it.
        Set(request, "x-amzn-request-context", @event["requestContext"]!.ToJsonString());
        using var response = await _http.SendAsync(request, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers).ToList();
        var isText = response.Content.Headers.ContentEncoding.Count == 0 && IsText(response.Content.Headers.ContentType);
        return new FunctionAnswer(
            (int)response.StatusCode,
            headers.Where(header => header.Key is not "Set-Cookie").ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            [.. headers.Where(header => header.Key == "Set-Cookie").SelectMany(header => header.Value)],
            isText ? Encoding.UTF8.GetString(bytes) : Convert.ToBase64String(bytes),
            !isText);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>One value for each header, cookies apart from them, the query as it was sent, and a stage that is not the default in the path.</summary>
    private static HttpRequestMessage OfVersion2(JsonObject @event)
    {
        var query = (string?)@event["rawQueryString"];
        var request = Create((string)@event["requestContext"]!["http"]!["method"]!, (string)@event["rawPath"]! + (string.IsNullOrEmpty(query) ? "" : $"?{query}"), @event);
        foreach (var (name, value) in @event["headers"]!.AsObject())
            Set(request, name, (string)value!);
        if (@event["cookies"] is JsonArray cookies)
            Set(request, "cookie", string.Join("; ", cookies.Select(cookie => (string)cookie!)));
        return request;
    }

    /// <summary>Headers and query once with their last value and once with all; cookies are a header; the stage is never in the path.</summary>
    private static HttpRequestMessage OfVersion1(JsonObject @event)
    {
        var query = string.Join('&', (@event["multiValueQueryStringParameters"] as JsonObject ?? [])
            .SelectMany(parameter => parameter.Value!.AsArray().Select(value => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString((string)value!)}")));
        var request = Create((string)@event["httpMethod"]!, (string)@event["path"]! + (query.Length == 0 ? "" : $"?{query}"), @event);
        foreach (var (name, values) in @event["multiValueHeaders"]!.AsObject())
            Set(request, name, [.. values!.AsArray().Select(value => (string)value!)]);
        return request;
    }

    private static HttpRequestMessage Create(string method, string path, JsonObject @event)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if ((string?)@event["body"] is { } body)
            request.Content = new ByteArrayContent((bool?)@event["isBase64Encoded"] == true ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body));
        return request;
    }

    private static void Set(HttpRequestMessage request, string name, params string[] values)
    {
        if (name.StartsWith("content-", StringComparison.OrdinalIgnoreCase))
        {
            // What callers say of a body, they say where there is none as well.
            request.Content ??= new ByteArrayContent([]);
            request.Content.Headers.Remove(name);
            request.Content.Headers.TryAddWithoutValidation(name, values);
            return;
        }

        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, values);
    }

    private static bool IsText(MediaTypeHeaderValue? type) => type?.MediaType is { } media
        && (media.StartsWith("text/", StringComparison.Ordinal) || media.EndsWith("json", StringComparison.Ordinal) || media.EndsWith("xml", StringComparison.Ordinal) || media.EndsWith("javascript", StringComparison.Ordinal));
}
