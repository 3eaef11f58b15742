using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Edge;

/// <summary>Headers that CloudFront adds: to the page all that the Web host says of it elsewhere, to the API what only the edge knows.</summary>
internal static class Headers
{
    /// <summary>The same as in the Web host's SecurityHeaders, which a test compares.</summary>
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

    public static ResponseHeadersPolicy OfPage(Stack stack, DeployEnvironment environment) => new(stack, "page-headers", new ResponseHeadersPolicyProps
    {
        ResponseHeadersPolicyName = $"onlinecompiler-{environment.Name}-page",
        SecurityHeadersBehavior = new ResponseSecurityHeadersBehavior
        {
            ContentSecurityPolicy = new ResponseHeadersContentSecurityPolicy { ContentSecurityPolicy = ContentSecurityPolicy, Override = true },
            ContentTypeOptions = new ResponseHeadersContentTypeOptions { Override = true },
            ReferrerPolicy = new ResponseHeadersReferrerPolicy { ReferrerPolicy = HeadersReferrerPolicy.NO_REFERRER, Override = true },
            FrameOptions = new ResponseHeadersFrameOptions { FrameOption = HeadersFrameOption.DENY, Override = true },
            StrictTransportSecurity = Strict(),
        },
        CustomHeadersBehavior = new ResponseCustomHeadersBehavior
        {
            CustomHeaders =
            [
                new ResponseCustomHeader { Header = "Permissions-Policy", Value = "camera=(), geolocation=(), microphone=(), payment=(), usb=()", Override = true },
                new ResponseCustomHeader { Header = "Cross-Origin-Opener-Policy", Value = "same-origin", Override = true },
                new ResponseCustomHeader { Header = "Cross-Origin-Resource-Policy", Value = "same-origin", Override = true },
            ],
        },
    });

    public static ResponseHeadersPolicy OfApi(Stack stack, DeployEnvironment environment) => new(stack, "api-headers", new ResponseHeadersPolicyProps
    {
        ResponseHeadersPolicyName = $"onlinecompiler-{environment.Name}-api",
        SecurityHeadersBehavior = new ResponseSecurityHeadersBehavior
        {
            ContentTypeOptions = new ResponseHeadersContentTypeOptions { Override = true },
            StrictTransportSecurity = Strict(),
        },
    });

    private static ResponseHeadersStrictTransportSecurity Strict() =>
        new() { AccessControlMaxAge = Duration.Days(365), IncludeSubdomains = true, Override = true };
}
