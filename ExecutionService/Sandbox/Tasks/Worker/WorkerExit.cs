namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Worker;

/// <summary>Exit statuses of a worker; those of failures are the usual ones of sysexits(3).</summary>
internal enum WorkerExit
{
    /// <summary>It did its job, or there was none to do: it was stopped, or its dispatcher left for good.</summary>
    Done = 0,

    /// <summary>The dispatcher was never reached.</summary>
    DispatcherUnreachable = 69,

    /// <summary>Sandboxes cannot be built on this machine.</summary>
    SandboxUnavailable = 71,

    /// <summary>Worker and dispatcher are not of one release.</summary>
    ProtocolMismatch = 76,

    /// <summary>The dispatcher does not know the token.</summary>
    TokenRefused = 77,

    /// <summary>A setting is wrong.</summary>
    Misconfigured = 78,
}
