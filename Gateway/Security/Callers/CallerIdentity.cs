using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Security.Callers;

/// <summary>Who was recognised at the door, and what they may do.</summary>
/// <param name="Name">For limits, queueing and owning: see <see cref="Caller"/>. At most 128 characters.</param>
/// <param name="Scopes">What they may do.</param>
/// <param name="Limits">How much they may ask for where it is not what everybody may.</param>
/// <param name="IsAnonymous">They have shown nothing.</param>
internal sealed record CallerIdentity(string Name, IReadOnlySet<string> Scopes, CallerLimits Limits, bool IsAnonymous = false);
