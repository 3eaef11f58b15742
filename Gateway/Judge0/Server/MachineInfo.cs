using System.Globalization;
using System.Runtime.InteropServices;

namespace OnlineCompiler.Gateway.Judge0.Server;

/// <summary>What <c>GET system_info</c> tells of the machine that answers, by the names of lscpu: strings, all of them.</summary>
internal static class MachineInfo
{
    private const string MemoryFile = "/proc/meminfo";
    private const double GiB = 1024 * 1024;

    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        string[] memory = File.Exists(MemoryFile) ? await File.ReadAllLinesAsync(MemoryFile, cancellationToken) : [];
        return new Dictionary<string, string>
        {
            ["Architecture"] = RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "aarch64" : "x86_64",
            ["CPU(s)"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["Byte Order"] = BitConverter.IsLittleEndian ? "Little Endian" : "Big Endian",
            ["Mem"] = SizeOf(memory, "MemTotal:"),
            ["Swap"] = SizeOf(memory, "SwapTotal:"),
        };
    }

    /// <summary>The kernel counts in KiB.</summary>
    private static string SizeOf(string[] lines, string name)
    {
        var words = Array.Find(lines, line => line.StartsWith(name, StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [_, var size, ..] && double.TryParse(size, CultureInfo.InvariantCulture, out var kib)
            ? string.Create(CultureInfo.InvariantCulture, $"{kib / GiB:0.#}G")
            : "unknown";
    }
}
