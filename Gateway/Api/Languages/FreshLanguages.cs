using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Api.Languages;

/// <summary>What the service can run, by the names of a drop-in: asked at most every few seconds, for every run needs it.</summary>
internal sealed class FreshLanguages<T>(ExecutionClient client, TimeProvider clock, Func<IEnumerable<Language>, IEnumerable<T>> from)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);
    private Known? _known;

    private sealed record Known(IReadOnlyList<T> Languages, long Since);

    public async Task<IReadOnlyList<T>> ListAsync(CancellationToken cancellationToken)
    {
        // Two that find it outdated both ask, which does no harm.
        if (_known is { } known && clock.GetElapsedTime(known.Since) < Freshness)
            return known.Languages;

        var since = clock.GetTimestamp();
        var answer = await client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: cancellationToken);
        var languages = from(answer.Languages).ToList();
        _known = new Known(languages, since);
        return languages;
    }
}
