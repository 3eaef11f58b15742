using System.Globalization;

namespace OnlineCompiler.ExecutionService.Sandbox.SelfTest;

/// <summary>What decides whether this process may make namespaces, as the kernel tells it.</summary>
internal sealed record MachineFacts
{
    public required bool IsRoot { get; init; }

    public required bool MayAdministrate { get; init; }

    /// <summary>A system call filter around the service itself, such as a container's.</summary>
    public required bool IsFiltered { get; init; }

    /// <summary>Debian's and Ubuntu's switch; null where the kernel has none.</summary>
    public required long? UnprivilegedUserNamespaces { get; init; }

    public required long? MaxUserNamespaces { get; init; }

    /// <summary>Ubuntu's switch since 23.10; null where the kernel has none.</summary>
    public required long? AppArmorRestrictsUserNamespaces { get; init; }

    /// <param name="root">The <c>/proc</c> to read; another one in tests.</param>
    /// <param name="isRoot">Default: whether this process is.</param>
    public static MachineFacts Read(string root = "/proc", bool? isRoot = null)
    {
        const ulong SysAdmin = 1ul << 21;
        return new MachineFacts
        {
            IsRoot = isRoot ?? Posix.IsRoot,
            MayAdministrate = (ulong.Parse(Status(root, "CapEff") ?? "0", NumberStyles.HexNumber, CultureInfo.InvariantCulture) & SysAdmin) != 0,
            IsFiltered = Status(root, "Seccomp") == "2",
            UnprivilegedUserNamespaces = Number(root, "sys/kernel/unprivileged_userns_clone"),
            MaxUserNamespaces = Number(root, "sys/user/max_user_namespaces"),
            AppArmorRestrictsUserNamespaces = Number(root, "sys/kernel/apparmor_restrict_unprivileged_userns"),
        };
    }

    private static string? Status(string root, string key) =>
        File.ReadLines(Path.Combine(root, "self/status")).FirstOrDefault(line => line.StartsWith(key + ":", StringComparison.Ordinal))?[(key.Length + 1)..].Trim();

    private static long? Number(string root, string file)
    {
        var path = Path.Combine(root, file);
        return File.Exists(path) && long.TryParse(File.ReadAllText(path).Trim(), CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
