namespace OnlineCompiler.AppHost.Standalone.Health;

/// <summary>Asks a resource whether it is well.</summary>
internal interface IHealthProbe
{
    /// <summary>Null when it is; otherwise what is wrong, in words.</summary>
    Task<string?> FindProblemAsync(CancellationToken cancellationToken);
}
