using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.RateLimiting;
using OnlineCompiler.Gateway.Security.Limits;
using Yarp.ReverseProxy.Model;

namespace OnlineCompiler.Gateway.Security;

/// <summary>What a caller may be allowed to do. Listing languages, reading the documents and the health of the service need none of these.</summary>
internal static class Scopes
{
    public const string Run = "run";
    public const string Judge = "judge";
    public const string Submit = "submit";
    public const string Ai = "ai";
    public const string Sessions = "sessions";

    /// <summary>In place of a list: nothing.</summary>
    public const string None = "none";

    /// <summary>Key of a proxied route's metadata; "" there means that it needs no scope.</summary>
    public const string RouteKey = "scope";

    public static readonly IReadOnlyList<string> All = [Run, Judge, Submit, Ai, Sessions];

    /// <summary>Reads names separated by commas or blanks, or <c>none</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out IReadOnlySet<string>? scopes)
    {
        var names = (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        scopes = names is [None] ? new HashSet<string>() : names.ToHashSet();
        if (names.Length > 0 && scopes.All(All.Contains))
            return true;
        scopes = null;
        return false;
    }

    /// <summary>The same of what was checked before.</summary>
    /// <exception cref="FormatException">It was not.</exception>
    public static IReadOnlySet<string> Parse(string text) =>
        TryParse(text, out var scopes) ? scopes : throw new FormatException("These are not scopes.");

    /// <summary>How <see cref="TryParse"/> reads them again.</summary>
    public static string Write(IReadOnlySet<string> scopes) => scopes.Count == 0 ? None : string.Join(',', scopes.Order(StringComparer.Ordinal));

    /// <summary>Everything that the route answers needs the scope; null when it asks callers itself, or need not.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder route, string? scope)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RequiredScope(scope));

    /// <summary>What the endpoint needs. Who forgets to say it for a route that counts runs has said <see cref="Run"/>.</summary>
    public static string? NeededBy(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<RequiredScope>() is { } required)
            return required.Scope;
        if (endpoint.Metadata.GetMetadata<RouteModel>()?.Config.Metadata?.TryGetValue(RouteKey, out var scope) is true)
            return scope is "" ? null : scope;
        return endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>() is { PolicyName: RateLimits.Runs } ? Run : null;
    }

    private sealed record RequiredScope(string? Scope);
}
