using System.Text.Json.Nodes;

namespace OnlineCompiler.Tests.Fuzzing;

/// <summary>Makes requests for the operations of a document: right ones, and of these such as nobody should send.</summary>
/// <param name="api">What there is to ask for.</param>
/// <param name="samples">Values that mean something, by the names of members and parameters.</param>
internal sealed class RequestMaker(ApiDescription api, IReadOnlyDictionary<string, string[]> samples)
{
    private const string Json = "application/json";

    // Segments that stay one, however they are decoded.
    private static readonly string[] _ids =
    [
        "%20", "%25", "%", "%zz", "%ff%fe", "%c0%af", "%ed%a0%80", "%e2%82", "a%0d%0aSet-Cookie:%20x=1", "%09", "a;b=c", "'", "%22", "%3cscript%3e", "*", "~", "%7bid%7d",
        "0", "-1", "null", "a.b", "...", "a%5c..%5cb", "%f0%9f%98%80", "id%3f", "%23", "a+b", "a,b", "@", "a:b", new('x', 300), new('9', 4_000),
    ];

    // What a server or a proxy may take for another path.
    private static readonly string[] _tails = ["/", "//", "/.", "/..", "/../x", "/%2e%2e/%2e%2e", "%2f..%2fx", "/%00", "%00", "/x", ";x", "\\..\\x", "/../../../etc/passwd", "?", "/events/x"];

    private static readonly string[] _queryValues =
        ["", "0", "1", "-1", "50", "101", "1e3", "1.0", "%31", "+1", "NaN", "99999999999999999999", "%00", "%ff", "%ed%a0%80", "%", "a%0d%0ab", "%5b%5d", "true", new('7', 3_000)];

    private static readonly string[] _methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "FUZZ", "get"];

    private static readonly (string Name, string[] Values)[] _headers =
    [
        ("Content-Type", ["", "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "application/json; charset=utf-7", "application/json; charset=bogus", "application/json; charset=\"\"", "application/json;;;", "application/jsonp", "application/problem+json", "*/*", "json", new('t', 2_000)]),
        ("Content-Encoding", ["gzip", "br", "identity", "gzip, gzip", "bogus", ""]),
        ("If-Match", ["\"1\"", "*", "1", "W/\"1\"", "\"1\", \"2\"", "\"-1\"", "\"0\"", "\"99999999999999999999\"", "\"", "", "\"é\""]),
        ("If-None-Match", ["*", "\"x\"", "garbage", "W/\"x\""]),
        ("If-Modified-Since", ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "yesterday"]),
        ("If-Unmodified-Since", ["Thu, 01 Jan 1970 00:00:00 GMT", "yesterday"]),
        ("Idempotency-Key", ["key-1", "", " ", "a b", "é", "\t", new('k', 125), new('k', 128), new('k', 129), "a,b", "\"quoted\""]),
        ("Prefer", ["respond-async", "RESPOND-ASYNC; wait=1", "wait=10", "respond-async, wait=99999999999", ",,;=,", "respond-sync", ""]),
        ("Range", ["bytes=0-0", "bytes=-1", "bytes=5-1", "bytes=999999999999999999999-", "bytes=0-0,2-2,4-4", "lines=1-2", "garbage"]),
        ("If-Range", ["\"x\"", "garbage"]),
        ("Expect", ["100-continue", "200-ok"]),
        ("Accept", ["text/html", "application/xml", "*/*;q=0", "application/problem+xml", "garbage", "text/event-stream", ""]),
        ("Accept-Charset", ["utf-16", "bogus"]),
        ("Accept-Encoding", ["gzip", "br;q=2", "*;q=0"]),
        ("Accept-Language", ["xx-YY", "de;q=nine", new('l', 1_000)]),
        ("Cookie", ["oc_owner=x", "oc_owner=", "oc_owner=%00%ff", "oc_owner=é; oc_owner=y", "=;;=;", "oc_owner=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="]),
        ("Origin", ["null", "https://evil.example", "garbage", "http://localhost:1"]),
        ("Access-Control-Request-Method", ["POST", "FUZZ"]),
        ("X-Forwarded-For", ["127.0.0.1", "garbage", "::1, 1.2.3.4, é", new('1', 1_000)]),
        ("X-Forwarded-Host", ["evil.example", "a b"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("traceparent", ["00-00000000000000000000000000000000-0000000000000000-00", "garbage", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]),
        ("baggage", ["a=b", ",=;", new('b', 9_000)]),
        ("Authorization", ["Bearer x", "Basic %%%", "Bearer " + new string('a', 3_000), ""]),
        ("Upgrade", ["websocket", "h2c"]),
        ("User-Agent", ["", "é", new('u', 1_000)]),
    ];

    private readonly ValueMaker _values = new(api, samples);

    /// <summary>The request with this number; always the same for the same seed.</summary>
    public FuzzRequest Make(int seed, int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var operation = api.Operations[number % api.Operations.Count];
        var valid = Valid(operation, random);
        // Every ninth is left as it is: what is right must be taken for right.
        return random.Next(9) == 0 ? valid : Spoil(valid, random);
    }

    private FuzzRequest Valid(ApiOperation operation, Random random)
    {
        var target = operation.Path;
        var headers = new List<(string, string)>();
        var query = new List<string>();
        foreach (var parameter in operation.Parameters)
        {
            // An id is one of something: sessions/{id}.
            var name = samples.Keys.FirstOrDefault(key => key.EndsWith($"/{{{parameter.Name}}}", StringComparison.Ordinal) && operation.Path.Contains(key, StringComparison.Ordinal)) ?? parameter.Name;
            var value = parameter.Example is { } example && !samples.ContainsKey(name) ? example : _values.Text(name, random);
            switch (parameter.In)
            {
                case "path":
                    target = target.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(value is "" ? "x" : value), StringComparison.Ordinal);
                    break;
                case "header" when parameter.Name is "If-Match" || random.Next(3) == 0:
                    headers.Add((parameter.Name, value));
                    break;
                case "query" when random.Next(2) == 0:
                    query.Add($"{parameter.Name}={Uri.EscapeDataString(value)}");
                    break;
            }
        }

        if (samples.TryGetValue("Cookie", out var cookies))
            headers.Add(("Cookie", cookies[0]));
        if (operation.BodySchema is not null)
            headers.Add(("Content-Type", Json));
        var body = operation.BodySchema is { } schema ? JsonMutation.Plain(Body(operation, schema, random)) : null;
        return new FuzzRequest(operation, operation.Method, target + (query.Count == 0 ? "" : "?" + string.Join('&', query)), headers, body, MeansOperation: true);
    }

    private JsonNode? Body(ApiOperation operation, JsonNode schema, Random random) =>
        random.Next(2) == 0 ? operation.BodyExample!.DeepClone() : _values.Make(schema, random);

    private static FuzzRequest Spoil(FuzzRequest request, Random random)
    {
        var isSpoilt = false;
        // Most of what can be wrong is in a body, where there is one.
        if (request.Body is not null && random.Next(3) != 0)
        {
            request = request with { Body = JsonMutation.Apply(JsonNode.Parse(request.Body), random) };
            isSpoilt = true;
        }

        while (!isSpoilt || random.Next(3) == 0)
        {
            request = random.Next(8) switch
            {
                0 when random.Next(2) == 0 => WithMethod(request, _methods[random.Next(_methods.Length)]),
                1 => request with { Target = WithQuery(request, random) },
                2 => WithPath(request, random),
                3 => request with { Headers = [.. request.Headers.Where(_ => random.Next(2) == 0)] },
                _ => WithHeader(request, random),
            };
            isSpoilt = true;
        }

        return request;
    }

    private static FuzzRequest WithMethod(FuzzRequest request, string method) =>
        request with { Method = method, MeansOperation = request.MeansOperation && method == request.Operation.Method };

    private static string WithQuery(FuzzRequest request, Random random)
    {
        var names = request.Operation.Parameters.Where(parameter => parameter.In is "query").Select(parameter => parameter.Name).Append("unknown").Append("__proto__[x]").ToArray();
        var query = $"{names[random.Next(names.Length)]}={_queryValues[random.Next(_queryValues.Length)]}";
        return request.Target + (request.Target.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;
    }

    private static FuzzRequest WithPath(FuzzRequest request, Random random)
    {
        var (path, query) = request.Target.Split('?', 2) is [var before, var after] ? (before, "?" + after) : (request.Target, "");
        var place = request.Operation.Path.IndexOf("{id}", StringComparison.Ordinal);
        if (place >= 0 && random.Next(4) != 0)
        {
            var rest = request.Operation.Path[(place + "{id}".Length)..];
            return request with { Target = request.Operation.Path[..place] + _ids[random.Next(_ids.Length)] + rest + query };
        }

        if (random.Next(4) == 0)
            return request with { Target = path.ToUpperInvariant() + query, MeansOperation = request.MeansOperation && place < 0 };
        return request with { Target = path + _tails[random.Next(_tails.Length)] + query, MeansOperation = false };
    }

    private static FuzzRequest WithHeader(FuzzRequest request, Random random)
    {
        var (name, values) = _headers[random.Next(_headers.Length)];
        var value = values[random.Next(values.Length)];
        // In place of what was there, or beside it.
        var others = request.Headers.Where(header => header.Name != name || (name is not "Content-Type" && random.Next(4) == 0));
        return request with { Headers = [.. others, (name, value)] };
    }
}
