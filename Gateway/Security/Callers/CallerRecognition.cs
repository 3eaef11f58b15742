using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Security.Keys;
using OnlineCompiler.Gateway.Security.Limits;
using OnlineCompiler.Gateway.Security.Tokens;

namespace OnlineCompiler.Gateway.Security.Callers;

/// <summary>
/// Stands at the door of everything that is limited, and pages and probes are not: finds out who calls, and whether they may do that.
/// A credential that is wrong is refused even where none is needed: its sender should learn it.
/// </summary>
internal sealed class CallerRecognition(
    ApiKeys keys, BearerTokens tokens, FailedAttempts attempts, IOptions<AnonymousOptions> anonymous)
{
    private readonly IReadOnlySet<string> _anonymousScopes = anonymous.Value.ScopeSet();

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>() is null)
        {
            await next(context);
            return;
        }

        var credential = Credential.Find(context, endpoint);
        var recognised = credential is { } shown
            ? await RecogniseAsync(shown, Caller.AnonymousOf(context), context.RequestAborted)
            : Recognition.Of(new CallerIdentity(Caller.AnonymousOf(context), _anonymousScopes, CallerLimits.Everybodys, IsAnonymous: true));
        if (recognised.Identity is not { } identity)
        {
            await Refusals.WriteAsync(context, recognised.Refusal!, hasCredential: true);
            return;
        }

        context.Features.Set(identity);
        if (Scopes.NeededBy(endpoint) is { } scope && !identity.Scopes.Contains(scope))
            await Refusals.WriteAsync(context, Refusals.ForScope(identity, scope), credential is not null);
        else
            await next(context);
    }

    private async Task<Recognition> RecogniseAsync(Credential credential, string address, CancellationToken cancellationToken)
    {
        if (credential.IsKey && keys.Recall(credential.Text) is { } known)
            return Recognition.Of(known);
        // Before the store is asked: guessing must not become its load either.
        if (attempts.IsExhausted(address, out var lease))
            return Recognition.Refuse(RateLimits.Refusal(lease));

        var recognised = credential.IsKey
            ? await keys.RecogniseAsync(credential.Text, cancellationToken)
            : await tokens.RecogniseAsync(credential.Text, cancellationToken);
        if (recognised.IsWrong)
            attempts.Count(address);
        return recognised;
    }
}
