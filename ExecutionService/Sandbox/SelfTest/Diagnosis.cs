namespace OnlineCompiler.ExecutionService.Sandbox.SelfTest;

/// <summary>Tells an operator what on this machine keeps the service from making namespaces, and the exact setting that allows it.</summary>
internal static class Diagnosis
{
    private static readonly (Func<MachineFacts, bool> Applies, string Advice)[] _table =
    [
        (facts => facts.MaxUserNamespaces == 0,
            "User namespaces are switched off: sysctl -w user.max_user_namespaces=65536."),
        (facts => !facts.IsRoot && facts.UnprivilegedUserNamespaces == 0,
            "User namespaces are switched off for ordinary users: sysctl -w kernel.unprivileged_userns_clone=1, or run the service as root."),
        (facts => !facts.IsRoot && facts.AppArmorRestrictsUserNamespaces > 0,
            "AppArmor keeps user namespaces from ordinary users: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or allow \"userns\" in a profile for bwrap."),
        (facts => facts.IsRoot && !facts.MayAdministrate,
            "The service is root without CAP_SYS_ADMIN, as in a plain container: give it that capability (docker run --cap-add SYS_ADMIN)."),
        (facts => facts.IsFiltered,
            "The service itself runs under a system call filter, as in a plain container, which may refuse unshare and mount: run it without (docker run --security-opt seccomp=unconfined)."),
    ];

    /// <summary>The way out for a root that is to stay one without CAP_SYS_ADMIN.</summary>
    public const string WeakerSandbox =
        "Or accept, by the setting Sandbox__Backend=process, a weaker sandbox without namespaces: programs then share the service's "
        + "processes, file system and kernel interfaces, kept apart only by user ids, Landlock and a system call filter, and every answer is marked.";

    /// <summary>One sentence for each obstacle; none when the machine shows none.</summary>
    public static IReadOnlyList<string> Explain(MachineFacts facts) => [.. _table.Where(row => row.Applies(facts)).Select(row => row.Advice)];
}
