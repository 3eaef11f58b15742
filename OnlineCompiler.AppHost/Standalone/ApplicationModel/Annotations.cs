using OnlineCompiler.AppHost.Standalone.Health;
using OnlineCompiler.AppHost.Standalone.Processes;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Collects a resource's variables just before it starts; a value may be text, a parameter or an endpoint.</summary>
public sealed class EnvironmentCallbackContext(Dictionary<string, object> environmentVariables)
{
    public Dictionary<string, object> EnvironmentVariables => environmentVariables;
}

/// <summary>Adds to a resource's variables; later ones win.</summary>
public sealed class EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback) : IResourceAnnotation
{
    public Action<EnvironmentCallbackContext> Callback => callback;
}

/// <summary>How long to wait for another resource.</summary>
public enum WaitType
{
    /// <summary>Until it runs and is healthy.</summary>
    WaitUntilHealthy,

    /// <summary>Until it runs.</summary>
    WaitUntilStarted,
}

/// <summary>The resource starts only after another.</summary>
public sealed class WaitAnnotation(IResource resource, WaitType waitType) : IResourceAnnotation
{
    public IResource Resource => resource;

    public WaitType WaitType => waitType;
}

/// <summary>The resource uses another, which therefore stops after it.</summary>
internal sealed record ReferenceAnnotation(IResource Resource) : IResourceAnnotation;

/// <summary>How to tell that the resource is well.</summary>
internal sealed record HealthCheckAnnotation(IHealthProbe Probe) : IResourceAnnotation;

/// <summary>How to start the resource's process, asked anew at each start.</summary>
internal sealed record ProcessAnnotation(Func<IServiceProvider, ProcessPlan> Plan) : IResourceAnnotation;
