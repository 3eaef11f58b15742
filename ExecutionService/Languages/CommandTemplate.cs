using System.Globalization;
using System.Text.RegularExpressions;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>
/// Fills in a pack's command. Whole items <c>{sources}</c>, <c>{compilerArguments}</c> and <c>{arguments}</c> become any
/// number of arguments; inside an item <c>{entryPoint}</c>, <c>{entryPointStem}</c>, <c>{pack}</c>, <c>{toolchain}</c>,
/// <c>{temporary}</c>, <c>{memoryMiB}</c> and a share of it such as <c>{memoryMiB:60%}</c> are replaced. No shell is involved, so nothing a
/// request holds can become anything but an argument.
/// </summary>
internal static partial class CommandTemplate
{
    public static List<string> Expand(IReadOnlyList<string> command, CommandValues values)
    {
        var expanded = new List<string>();
        foreach (var item in command)
        {
            switch (item)
            {
                case "{sources}":
                    expanded.AddRange(values.Sources);
                    break;
                case "{compilerArguments}":
                    expanded.AddRange(values.CompilerArguments);
                    break;
                case "{arguments}":
                    expanded.AddRange(values.Arguments);
                    break;
                default:
                    expanded.Add(Fill(item, values));
                    break;
            }
        }
        return expanded;
    }

    public static string Fill(string item, CommandValues values) =>
        Placeholder().Replace(item, match => match.Groups["name"].Value switch
        {
            "entryPoint" => values.EntryPoint,
            "entryPointStem" => Path.ChangeExtension(values.EntryPoint, null),
            "pack" => $"{values.Places.Packs}/{values.LanguageId}",
            "toolchain" => $"{values.Places.Toolchains}/{values.ToolchainFolder}",
            "temporary" => values.Places.Temporary,
            "memoryMiB" => MemoryMiB(values.MemoryBytes, match.Groups["share"].Value),
            // A brace that means something else to the command.
            _ => match.Value,
        });

    private static string MemoryMiB(long bytes, string share)
    {
        var percent = share.Length > 0 ? int.Parse(share, CultureInfo.InvariantCulture) : 100;
        return Math.Max(1, bytes / (1024 * 1024) * percent / 100).ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)(:(?<share>\d{1,3})%)?\}")]
    private static partial Regex Placeholder();
}

/// <summary>What a stage's command is filled in with.</summary>
internal sealed record CommandValues
{
    public required string LanguageId { get; init; }

    public required string ToolchainFolder { get; init; }

    public required string EntryPoint { get; init; }

    public required long MemoryBytes { get; init; }

    public required SandboxPlaces Places { get; init; }

    public IReadOnlyList<string> Sources { get; init; } = [];

    public IReadOnlyList<string> CompilerArguments { get; init; } = [];

    public IReadOnlyList<string> Arguments { get; init; } = [];
}
