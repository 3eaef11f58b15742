namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>The environment a stage starts with: a small fixed one, then the pack's, then the stage's.</summary>
internal static class StageEnvironment
{
    public static Dictionary<string, string> Make(LanguagePack pack, PackStage? stage, CommandValues values, bool isTerminal)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["USER"] = "runner",
            ["LOGNAME"] = "runner",
            ["LANG"] = "C.UTF-8",
            ["TERM"] = isTerminal ? "xterm-256color" : "dumb",
        };
        if (isTerminal)
            environment["COLORTERM"] = "truecolor";
        foreach (var (name, value) in pack.Environment.Concat(stage?.Environment ?? new Dictionary<string, string>()))
            environment[name] = CommandTemplate.Fill(value, values);
        return environment;
    }
}
