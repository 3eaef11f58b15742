using System.Globalization;

namespace OnlineCompiler.AppHost.Tests.Standalone;

/// <summary>What runs on this machine, from <c>/proc</c>.</summary>
internal static class Processes
{
    public static int IdOf(ResourceEvent change) => (int)change.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;

    /// <summary>All below a process whose environment has the text.</summary>
    public static IReadOnlyList<int> DescendantsOf(int id, string having = "") =>
        [.. All().Where(process => process.Parent == id).SelectMany(child => DescendantsOf(child.Id, having).Prepend(child.Id))
            .Where(descendant => ReadText(descendant, "environ").Contains(having, StringComparison.Ordinal))];

    public static bool IsAlive(int id) => StateOf(id) is not (null or 'Z');

    public static async Task WaitUntilGoneAsync(IReadOnlyList<int> processes, TimeSpan patience)
    {
        var deadline = DateTimeOffset.UtcNow + patience;
        while (processes.Where(IsAlive).ToList() is { Count: > 0 } left)
        {
            Assert.True(DateTimeOffset.UtcNow < deadline, $"Still there: {string.Join("; ", left.Select(id => ReadText(id, "cmdline").Replace('\0', ' ')))}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static IEnumerable<(int Id, int Parent)> All() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where name.All(char.IsAsciiDigit)
        let id = int.Parse(name, CultureInfo.InvariantCulture)
        let fields = StatOf(id)
        where fields.Length > 1
        select (id, int.Parse(fields[1], CultureInfo.InvariantCulture));

    private static char? StateOf(int id) => StatOf(id) is [[var state, ..], ..] ? state : null;

    /// <summary>The fields after the name, which may itself have spaces and parentheses.</summary>
    private static string[] StatOf(int id)
    {
        var stat = ReadText(id, "stat");
        return stat.Length == 0 ? [] : stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static string ReadText(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
