using Google.Rpc;
using Grpc.Core;

namespace OnlineCompiler.Gateway.Judge0.Wire;

/// <summary>Names that the service's fields have in a submission.</summary>
internal static class ServiceFields
{
    private static readonly (string Service, string Judge0)[] Names =
    [
        ("compiler_arguments", "compiler_options"),
        ("arguments", "command_line_arguments"),
        ("files[0]", "source_code"),
        ("files", "additional_files"),
        ("stdin", "stdin"),
        ("limits.wall_time_limit_ms", "wall_time_limit"),
        ("limits.cpu_time_limit_ms", "cpu_time_limit"),
        ("limits.memory_limit_bytes", "memory_limit"),
        ("limits.process_limit", "max_processes_and_or_threads"),
        ("limits.output_limit_bytes", "max_file_size"),
    ];

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> From(RpcException exception)
    {
        var violations = exception.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations;
        return violations is { Count: > 0 }
            ? violations.GroupBy(violation => NameOf(violation.Field))
                .ToDictionary(field => field.Key, field => (IReadOnlyList<string>)[.. field.Select(violation => violation.Description)])
            : new Dictionary<string, IReadOnlyList<string>> { ["base"] = [exception.Status.Detail] };
    }

    private static string NameOf(string field)
    {
        // A submission is an execution.
        const string Wrapper = "execution.";
        var own = field.StartsWith(Wrapper, StringComparison.Ordinal) ? field[Wrapper.Length..] : field;
        return Array.Find(Names, name => own.StartsWith(name.Service, StringComparison.Ordinal)).Judge0 ?? own;
    }
}
