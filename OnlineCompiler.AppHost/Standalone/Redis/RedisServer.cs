using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using OnlineCompiler.AppHost.Standalone.Processes;

namespace OnlineCompiler.AppHost.Standalone.Redis;

/// <summary>Runs the distribution's <c>redis-server</c>: loopback only, behind its password, in a folder of its own.</summary>
internal static class RedisServer
{
    private const string Program = "redis-server";

    public static ProcessPlan PlanProcess(RedisResource redis, Volumes volumes)
    {
        if (FindProgram() is not { } program)
            throw new DistributedApplicationException($"{Program} is not installed. On Debian and Ubuntu: apt-get install {Program}");

        var directory = redis.DataDirectory
            ?? (redis.VolumeName is { } volume ? volumes.Find(volume) : volumes.FindTemporary(redis.Name));
        volumes.Claim(directory);

        // Its configuration goes through a pipe: a command line shows the password to everyone on the machine.
        return new ProcessPlan(program, ["-"], directory, new Dictionary<string, string>(), Configure(redis, directory));
    }

    private static string Configure(RedisResource redis, string directory)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"bind 127.0.0.1{(Socket.OSSupportsIPv6 ? " -::1" : "")}")
            .AppendLine(CultureInfo.InvariantCulture, $"port {redis.Endpoint.Port}")
            .AppendLine(CultureInfo.InvariantCulture, $"requirepass \"{Escape(redis.PasswordParameter.Text)}\"")
            .AppendLine(CultureInfo.InvariantCulture, $"dir \"{Escape(directory)}\"")
            .AppendLine("daemonize no");

        // Snapshots as Aspire makes them, and each write in a log as well, so that a power cut loses a second at most.
        return redis.Persistence is { } persistence
            ? text.AppendLine(CultureInfo.InvariantCulture, $"save {Math.Max(1, (long)persistence.Interval.TotalSeconds)} {persistence.KeysChangedThreshold}")
                .AppendLine("appendonly yes").ToString()
            : text.AppendLine("save \"\"").ToString();
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string? FindProgram() =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/bin:/usr/bin"
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, Program))
            .FirstOrDefault(File.Exists);
}
