using System.Text.RegularExpressions;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Languages;

namespace OnlineCompiler.Gateway.Piston.Runtimes;

/// <summary>What is installed, asked from the service at most every few seconds: every job needs it.</summary>
internal sealed partial class InstalledRuntimes(ExecutionClient client, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);
    private Known? _known;

    private sealed record Known(IReadOnlyList<Runtime> Runtimes, long Since);

    public async Task<IReadOnlyList<Runtime>> ListAsync(CancellationToken cancellationToken)
    {
        // Two that find it outdated both ask, which does no harm.
        if (_known is { } known && clock.GetElapsedTime(known.Since) < Freshness)
            return known.Runtimes;

        var since = clock.GetTimestamp();
        var answer = await client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: cancellationToken);
        var runtimes = answer.Languages.SelectMany(Runtime.From).ToList();
        _known = new Known(runtimes, since);
        return runtimes;
    }

    /// <summary>
    /// The usual version if it is in the range, for it has the libraries, else the highest that is. An exact version that is not here is taken for its successor: clients hard-code
    /// what the public instance had when they were written.
    /// </summary>
    /// <param name="name">Name or alias.</param>
    /// <param name="range">npm-style.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<Runtime?> FindAsync(string name, string range, CancellationToken cancellationToken)
    {
        var candidates = (await ListAsync(cancellationToken)).Where(runtime => runtime.IsCalled(name))
            .OrderByDescending(runtime => VersionRange.Order(runtime.Version)).ToList();
        if (VersionRange.TryParse(range) is not { } versions)
            return null;
        var matches = candidates.FindAll(runtime => versions.IsSatisfiedBy(runtime.Version));
        if ((matches.Find(runtime => runtime.IsUsual) ?? matches.FirstOrDefault()) is { } match)
            return match;
        if (ExactVersion().Match(range) is not { Success: true, Groups: [_, { Value: var exact }] })
            return null;

        return candidates.FindLast(runtime => VersionRange.Order(runtime.Version) > VersionRange.Order(exact))
            ?? candidates.Find(runtime => runtime.Name.IsPin(name, exact));
    }

    [GeneratedRegex(@"^\s*[v=]*(\d+\.\d+\.\d+)\s*$")]
    private static partial Regex ExactVersion();
}
