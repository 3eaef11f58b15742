namespace OnlineCompiler.Gateway.Piston;

/// <summary>One of the addresses that Piston's clients hard-code.</summary>
/// <param name="Prefix">Of its paths.</param>
/// <param name="Name">Begins the names of its operations.</param>
/// <param name="IsForgiving">Whether it takes what only Piston's public gateway took.</param>
internal sealed record PistonServer(string Prefix, string Name, bool IsForgiving)
{
    /// <summary>As at a server of one's own.</summary>
    public static readonly PistonServer Own = new("/api/v2", "piston", false);

    /// <summary>As at Piston's public gateway.</summary>
    public static readonly PistonServer Public = new("/api/v2/piston", "publicPiston", true);
}
