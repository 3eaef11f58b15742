using System.ComponentModel;
using System.Text.Json.Serialization;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Api.Executions;

internal sealed record DiagnosticAnswer
{
    [Description("Path of one of the request's files.")]
    public required string File { get; init; }

    [Description("From 1.")]
    public required uint Line { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("From 1, counted as the tool counts; not there when it did not say.")]
    public uint? Column { get; init; }

    public required Severity Severity { get; init; }

    public required string Message { get; init; }

    public static DiagnosticAnswer From(Diagnostic diagnostic) => new()
    {
        File = diagnostic.File,
        Line = diagnostic.Line,
        Column = diagnostic.Column == 0 ? null : diagnostic.Column,
        Severity = diagnostic.Severity,
        Message = diagnostic.Message,
    };
}
