namespace OnlineCompiler.ExecutionService.Sandbox.Prepared;

/// <summary>
/// What a prepared stage is made to. Orders of the same mould can have the same stage; all else (files, command, environment,
/// limits) is told to it at its release. Without a host it serves every language of its root, and every
/// compiler.
/// </summary>
internal sealed class Mould : IEquatable<Mould>
{
    private readonly string _key;

    private Mould(PreparedHost? host, string? root, bool hasTerminal, SandboxLimits limits)
    {
        Host = host;
        Root = root;
        HasTerminal = hasTerminal;
        Limits = limits;
        // A runtime that boots in the stage sizes itself by the two limits; nothing else reads them so early.
        _key = host is null ? "" : host.Forks ? host.Key : $"{host.Key}\0{limits.OpenFiles} {limits.StackBytes}";
    }

    /// <summary>The order's own, when it has a host.</summary>
    public static Mould Of(SandboxOrder order) => new(order.Host, order.Root, order.Terminal is not null, order.Limits);

    /// <summary>One that serves every order, if not as fast as its own.</summary>
    public static Mould BareOf(SandboxOrder order) => new(host: null, order.Root, order.Terminal is not null, order.Limits);

    public PreparedHost? Host { get; }

    /// <summary>The order's: what is mounted cannot be changed at the release.</summary>
    public string? Root { get; }

    public bool HasTerminal { get; }

    /// <summary>Those of the first order that asked for it; a release brings the order's own.</summary>
    public SandboxLimits Limits { get; }

    /// <summary>For metrics.</summary>
    public string Name => (Host?.Name ?? "bare") + (Root is null ? "" : $" in {Root}") + (HasTerminal ? " terminal" : "");

    public bool Equals(Mould? other) => other is not null && HasTerminal == other.HasTerminal && Root == other.Root && (Host is null) == (other.Host is null) && _key == other._key;

    public override bool Equals(object? obj) => Equals(obj as Mould);

    public override int GetHashCode() => HashCode.Combine(_key, Root, HasTerminal);
}
