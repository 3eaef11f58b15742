namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

/// <summary>
/// Commands name places of the sandbox before it is known which worker will be it. Until then they hold words that no request
/// can hold, for they are made at random at each start; with the worker, they become its places.
/// </summary>
internal static class PlacesToCome
{
    private static readonly string _mark = $"/{Guid.NewGuid():N}";

    public static SandboxPlaces Places { get; } = new($"{_mark}/packs", $"{_mark}/toolchains", $"{_mark}/temporary");

    public static SandboxOrder At(this SandboxOrder order, SandboxPlaces places) => order with
    {
        Command = [.. order.Command.Select(argument => Replace(argument, places))],
        Environment = order.Environment.ToDictionary(variable => variable.Key, variable => Replace(variable.Value, places)),
    };

    private static string Replace(string text, SandboxPlaces places) =>
        !text.Contains(_mark, StringComparison.Ordinal) ? text
        : text.Replace(Places.Packs, places.Packs, StringComparison.Ordinal)
            .Replace(Places.Toolchains, places.Toolchains, StringComparison.Ordinal)
            .Replace(Places.Temporary, places.Temporary, StringComparison.Ordinal);
}
