using OnlineCompiler.ExecutionService.Sandbox.Tasks.Local;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

/// <summary>A service whose programs run in local workers, shared by the tests that leave it as it was.</summary>
public sealed class TaskService : IAsyncDisposable
{
    public const string Collection = "A service with local workers";

    public ServiceFixture Service { get; } = Start();

    /// <summary>Of the workers that live now.</summary>
    internal IReadOnlyList<int> ProcessIds => Service.Service<LocalWorkers>().ProcessIds;

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    internal static ServiceFixture Start(IReadOnlyDictionary<string, string>? settings = null)
    {
        var all = new Dictionary<string, string>(settings ?? new Dictionary<string, string>());
        all.TryAdd("Sandbox:Backend", "Tasks");
        all.TryAdd("Sandbox:Tasks:LocalWorkers", "2");
        all.TryAdd("Worker:Backend", "Namespaces");
        return ServiceFixture.OnMachinePorts(all);
    }
}

[CollectionDefinition(TaskService.Collection)]
public sealed class SharedTaskService : ICollectionFixture<TaskService>;
