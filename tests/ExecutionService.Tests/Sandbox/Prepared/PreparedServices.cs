namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>
/// One pair of services for all that compare: starting them, and the runtimes that wait, takes its time. They look at nothing but
/// what their own programs did, so half of the languages go beside the other half, each with a pair of its own.
/// </summary>
[CollectionDefinition(Collection)]
public sealed class PreparedServices : ICollectionFixture<PreparedService>
{
    public const string Collection = "prepared services";
}

/// <summary>Of the other half.</summary>
[CollectionDefinition(Collection)]
public sealed class OtherPreparedServices : ICollectionFixture<PreparedService>
{
    public const string Collection = "other prepared services";
}
