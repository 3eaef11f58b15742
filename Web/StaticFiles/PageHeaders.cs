namespace OnlineCompiler.Web.StaticFiles;

/// <summary>What browsers are told of the page, whoever serves it: this host, or CloudFront where the page is in S3.</summary>
internal static class PageHeaders
{
    /// <summary>
    /// Scripts come from here alone and none is made from text. Inline styles stay allowed: the editor and the terminal
    /// inject style elements, and a static host has no nonce to give them.
    /// </summary>
    public static string ContentSecurityPolicy { get; } = string.Join("; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types offline");

    /// <summary>The page needs none of these, and no other site needs the page.</summary>
    public static IReadOnlyDictionary<string, string> Further { get; } = new Dictionary<string, string>
    {
        ["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Cross-Origin-Resource-Policy"] = "same-origin",
    };
}
