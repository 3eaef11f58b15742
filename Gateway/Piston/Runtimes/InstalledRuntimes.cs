using System.Text.RegularExpressions;
using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.Gateway.Api.Languages;

namespace OnlineCompiler.Gateway.Piston.Runtimes;

/// <summary>What is installed, by Piston's names.</summary>
internal sealed partial class InstalledRuntimes(ExecutionClient client, TimeProvider clock)
{
    private readonly FreshLanguages<Runtime> _known = new(client, clock, languages => languages.SelectMany(Runtime.From));

    public Task<IReadOnlyList<Runtime>> ListAsync(CancellationToken cancellationToken) => _known.ListAsync(cancellationToken);

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
