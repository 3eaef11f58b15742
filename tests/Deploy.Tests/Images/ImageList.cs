using System.Diagnostics;

namespace OnlineCompiler.Deploy.Tests.Images;

/// <summary>The images that <c>deploy/images/images.sh</c> tells of, as the scripts that source it read them.</summary>
internal static class ImageList
{
    /// <summary>Of each image, relative to <c>deploy/images</c>.</summary>
    public static IReadOnlyDictionary<string, string> Dockerfiles { get; } =
        Ask("""for image in "${all_images[@]}"; do echo "$image $(dockerfile_of "$image")"; done""");

    /// <summary>Of each image whose Dockerfile must be told it.</summary>
    public static IReadOnlyDictionary<string, string> Projects { get; } =
        Ask("""for image in "${!projects[@]}"; do echo "$image ${projects[$image]}"; done""");

    private static Dictionary<string, string> Ask(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euc", $"source images.sh; {script}"])
        {
            WorkingDirectory = Path.Combine(Checkout.Root, "deploy", "images"),
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(pair => pair[0], pair => pair[1])
            : throw new InvalidOperationException("deploy/images/images.sh could not be asked.");
    }
}
