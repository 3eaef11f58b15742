namespace OnlineCompiler.Web.StaticFiles;

/// <summary>What browsers are told of the page, whoever serves it: this host, or CloudFront where the page is in S3.</summary>
internal static class PageHeaders
{
    /// <summary>The frame that shows a page made by a program.</summary>
    public const string FramePath = "/frame.html";

    /// <summary>
    /// Scripts come from here alone and none is made from text. Inline styles stay allowed: the editor and the terminal
    /// inject style elements, and a static host has no nonce to give them. Pictures that programs made are blobs.
    /// </summary>
    public static string ContentSecurityPolicy { get; } = Policy("'none'");

    /// <summary>Of the small page for other sites' frames: the same, but any site may show it. It has no cookies and does nothing unasked.</summary>
    public static string EmbeddedContentSecurityPolicy { get; } = Policy("*");

    /// <summary>What every site may show in a frame: <c>/embed</c> and what is below, and nothing else.</summary>
    public static bool IsEmbedded(string? path) =>
        path == EmbeddedPath || path?.StartsWith(EmbeddedPath + "/", StringComparison.Ordinal) is true;

    /// <summary>The script that makes those frames; it is for other sites' pages.</summary>
    public const string EmbedScript = "/embed.js";

    private const string EmbeddedPath = "/embed";

    private static string Policy(string frameAncestors) => string.Join("; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "frame-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        $"frame-ancestors {frameAncestors}",
        "require-trusted-types-for 'script'",
        "trusted-types offline");

    /// <summary>
    /// Scripts of strangers run there, and draw. It is nobody's page: without an origin it shares no cookies and no storage
    /// with ours, whoever opens it, and nothing is fetched, not from us either.
    /// </summary>
    public static string FrameContentSecurityPolicy { get; } = string.Join("; ",
        "sandbox allow-scripts",
        "default-src 'none'",
        "script-src 'unsafe-inline' 'unsafe-eval' data: blob:",
        "style-src 'unsafe-inline' data: blob:",
        "img-src data: blob:",
        "font-src data: blob:",
        "media-src data: blob:",
        "worker-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'");

    /// <summary>The page needs none of these, and no other site needs the page.</summary>
    public static IReadOnlyDictionary<string, string> Further { get; } = new Dictionary<string, string>
    {
        ["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        [ResourcePolicy] = "same-origin",
    };

    public const string ResourcePolicy = "Cross-Origin-Resource-Policy";

    /// <summary>In place of <see cref="Further"/>'s, for what other sites load.</summary>
    public const string ForEverybody = "cross-origin";
}
