using Xunit.v3;

namespace OnlineCompiler.ExecutionService.Tests;

/// <summary>One collection for all classes that name none, with nothing beside it.</summary>
public sealed class AloneUnlessCollected(IXunitTestAssembly assembly) : TestCollectionFactoryBase(assembly)
{
    private readonly XunitTestCollection _alone = new(assembly, collectionDefinition: null, disableParallelization: true, "one at a time");

    public override string DisplayName => "alone unless collected";

    protected override IXunitTestCollection GetDefaultTestCollection(Type testClass) => _alone;
}
