using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Web.StaticFiles;

namespace OnlineCompiler.Deploy.Edge;

/// <summary>Headers that CloudFront adds: to the page all that the Web host says of it elsewhere, to the API what only the edge knows.</summary>
internal static class Headers
{
    public static ResponseHeadersPolicy OfPage(Stack stack, DeployEnvironment environment) => new(stack, "page-headers", new ResponseHeadersPolicyProps
    {
        ResponseHeadersPolicyName = $"onlinecompiler-{environment.Name}-page",
        SecurityHeadersBehavior = new ResponseSecurityHeadersBehavior
        {
            ContentSecurityPolicy = new ResponseHeadersContentSecurityPolicy { ContentSecurityPolicy = PageHeaders.ContentSecurityPolicy, Override = true },
            ContentTypeOptions = new ResponseHeadersContentTypeOptions { Override = true },
            ReferrerPolicy = new ResponseHeadersReferrerPolicy { ReferrerPolicy = HeadersReferrerPolicy.NO_REFERRER, Override = true },
            FrameOptions = new ResponseHeadersFrameOptions { FrameOption = HeadersFrameOption.DENY, Override = true },
            StrictTransportSecurity = Strict(),
        },
        CustomHeadersBehavior = new ResponseCustomHeadersBehavior
        {
            CustomHeaders = [.. PageHeaders.Further.Select(header => new ResponseCustomHeader { Header = header.Key, Value = header.Value, Override = true })],
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
