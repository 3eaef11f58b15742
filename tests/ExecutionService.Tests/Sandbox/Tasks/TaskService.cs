using System.Globalization;
using OnlineCompiler.ExecutionService.Sandbox.Tasks.Local;
using OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

/// <summary>A service whose programs run in local workers, shared by the tests that leave it as it was.</summary>
public sealed class TaskService : IAsyncDisposable
{
    public const string Collection = "A service with local workers";

    public ServiceFixture Service { get; } = Start();

    /// <summary>Of the workers that live now.</summary>
    internal IReadOnlyList<int> ProcessIds => Service.Service<LocalWorkers>().ProcessIds;

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    /// <summary>Workers are as they are where the backend is for: in places where nobody can make namespaces.</summary>
    internal static ServiceFixture Start(IReadOnlyDictionary<string, string>? settings = null)
    {
        var all = new Dictionary<string, string>(settings ?? new Dictionary<string, string>());
        all.TryAdd("Sandbox:Backend", "Tasks");
        all.TryAdd("Sandbox:Tasks:LocalWorkers", "2");
        all.TryAdd("Worker:Backend", "Process");
        all.TryAdd("Sandbox:FirstUserId", ProcessFixture.FreeUserIds().ToString(CultureInfo.InvariantCulture));
        all.TryAdd("Sandbox:MaxSandboxes", ProcessFixture.Users.ToString(CultureInfo.InvariantCulture));
        return ServiceFixture.OnMachinePorts(all);
    }
}

/// <summary>The same with workers that can make namespaces.</summary>
public sealed class NamespaceTaskService : IAsyncDisposable
{
    public ServiceFixture Service { get; } = TaskService.Start(new Dictionary<string, string> { ["Worker:Backend"] = "Namespaces" });

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}

[CollectionDefinition(TaskService.Collection, DisableParallelization = true)]
public sealed class SharedTaskService : ICollectionFixture<TaskService>;
