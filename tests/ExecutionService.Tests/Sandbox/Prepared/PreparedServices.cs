namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>One pair of services for all that compare: starting them, and the runtimes that wait, takes its time.</summary>
[CollectionDefinition(Collection)]
public sealed class PreparedServices : ICollectionFixture<PreparedService>
{
    public const string Collection = "prepared services";
}
