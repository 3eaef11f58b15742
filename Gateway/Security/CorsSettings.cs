namespace OnlineCompiler.Gateway.Security;

/// <summary>Which other origins' pages may call the API. Bound from <c>Gateway:Cors</c>.</summary>
internal sealed class CorsSettings
{
    public const string Section = "Gateway:Cors";

    /// <summary>Origins such as <c>https://example.org</c>: scheme, host, and port if it is not the usual one. Default: none.</summary>
    public string[] Origins { get; set; } = [];

    /// <summary>For WebSockets: browsers send the origin of the page and, unlike with fetch, ask no permission first.</summary>
    public bool Allows(HttpRequest request) =>
        request.Headers.Origin is not [{ Length: > 0 } origin]
        || Origins.Contains(origin)
        || Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == new Uri($"{request.Scheme}://{request.Host}").Authority;

    public bool IsValid() => Origins.All(origin =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority) == origin);
}
