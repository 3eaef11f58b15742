using OnlineCompiler.Gateway.Api.Languages;

namespace OnlineCompiler.Gateway.Judge0.Languages;

/// <summary>All languages of Judge0, and which of them run here.</summary>
internal sealed class JudgeLanguages(ExecutionClient client, TimeProvider clock)
{
    private readonly FreshLanguages<JudgeLanguage> _known = new(client, clock, JudgeLanguage.From);

    public Task<IReadOnlyList<JudgeLanguage>> ListAsync(CancellationToken cancellationToken) => _known.ListAsync(cancellationToken);

    public async Task<JudgeLanguage?> FindAsync(int id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(language => language.Id == id);
}
