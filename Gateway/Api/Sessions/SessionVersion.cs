using System.Globalization;
using Microsoft.Net.Http.Headers;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Api.Sessions;

/// <summary>A session's version as HTTP carries it: the entity tag <c>"version"</c>.</summary>
internal static class SessionVersion
{
    public static void WriteTo(HttpResponse response, ulong version) =>
        response.Headers.ETag = $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <exception cref="ProblemException">428 without the header, 400 when it is not one version.</exception>
    public static ulong FromIfMatch(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            throw new ProblemException(ProblemKind.VersionRequired.Problem("Send If-Match with the ETag that the session was read with, e.g. If-Match: \"3\"."));

        // "*" would save over whatever is there, and a list over either: the loss this header is here to prevent.
        if (EntityTagHeaderValue.TryParse(header.ToString(), out var tag) && !tag.IsWeak
            && ulong.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0)
            return version;

        throw ProblemException.ForField(HeaderNames.IfMatch, "Expected one version in quotes, e.g. \"3\".");
    }
}
