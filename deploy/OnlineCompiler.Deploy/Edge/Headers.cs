using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Web.StaticFiles;

namespace OnlineCompiler.Deploy.Edge;

/// <summary>Headers that CloudFront adds: to the page all that the Web host says of it elsewhere, to the API what only the edge knows.</summary>
internal static class Headers
{
    public static ResponseHeadersPolicy OfPage(Stack stack, DeployEnvironment environment) => OfSite(
        stack, environment, "page", PageHeaders.ContentSecurityPolicy, PageHeaders.Further,
        new ResponseHeadersFrameOptions { FrameOption = HeadersFrameOption.DENY, Override = true });

    /// <summary>Of the one file that the page shows in a frame.</summary>
    public static ResponseHeadersPolicy OfFrame(Stack stack, DeployEnvironment environment) => OfSite(
        stack, environment, "frame", PageHeaders.FrameContentSecurityPolicy, PageHeaders.Further,
        new ResponseHeadersFrameOptions { FrameOption = HeadersFrameOption.SAMEORIGIN, Override = true });

    /// <summary>Of what every site may show in a frame, and the script that makes those.</summary>
    public static ResponseHeadersPolicy OfEmbedded(Stack stack, DeployEnvironment environment) => OfSite(
        stack, environment, "embedded", PageHeaders.EmbeddedContentSecurityPolicy,
        new Dictionary<string, string>(PageHeaders.Further) { [PageHeaders.ResourcePolicy] = PageHeaders.ForEverybody }, frames: null);

    private static ResponseHeadersPolicy OfSite(
        Stack stack, DeployEnvironment environment, string name, string policy, IReadOnlyDictionary<string, string> further, ResponseHeadersFrameOptions? frames) =>
        new(stack, $"{name}-headers", new ResponseHeadersPolicyProps
        {
            ResponseHeadersPolicyName = $"onlinecompiler-{environment.Name}-{name}",
            SecurityHeadersBehavior = new ResponseSecurityHeadersBehavior
            {
                ContentSecurityPolicy = new ResponseHeadersContentSecurityPolicy { ContentSecurityPolicy = policy, Override = true },
                ContentTypeOptions = new ResponseHeadersContentTypeOptions { Override = true },
                ReferrerPolicy = new ResponseHeadersReferrerPolicy { ReferrerPolicy = HeadersReferrerPolicy.NO_REFERRER, Override = true },
                FrameOptions = frames,
                StrictTransportSecurity = Strict(),
            },
            CustomHeadersBehavior = new ResponseCustomHeadersBehavior
            {
                CustomHeaders = [.. further.Select(header => new ResponseCustomHeader { Header = header.Key, Value = header.Value, Override = true })],
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
