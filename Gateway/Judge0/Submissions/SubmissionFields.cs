using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using OnlineCompiler.Gateway.Judge0.Wire;

namespace OnlineCompiler.Gateway.Judge0.Submissions;

/// <summary>Writes submissions: those fields that were asked for, in Judge0's order.</summary>
internal sealed class SubmissionFields
{
    private const string Everything = "*";
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly string[] Defaults = ["stdout", "time", "memory", "stderr", "token", "compile_output", "message", "status"];

    private static readonly (string Name, Func<JudgeSubmission, object?> Value)[] All =
    [
        ("source_code", submission => Text.Of(submission.SourceCode)),
        ("language_id", submission => submission.LanguageId),
        ("stdin", submission => Text.Of(submission.Stdin)),
        ("expected_output", submission => Text.Of(submission.ExpectedOutput)),
        ("stdout", submission => Text.Of(submission.Outcome?.Stdout)),
        ("status_id", submission => submission.StatusId),
        ("created_at", submission => submission.CreatedAt),
        ("finished_at", submission => submission.Outcome?.FinishedAt),
        ("time", submission => submission.Outcome?.TimeSeconds),
        ("memory", submission => submission.Outcome?.MemoryKiB),
        ("stderr", submission => Text.Of(submission.Outcome?.Stderr)),
        ("token", submission => submission.Token),
        ("number_of_runs", submission => submission.Limits.Runs),
        ("cpu_time_limit", submission => submission.Limits.CpuTimeSeconds),
        ("cpu_extra_time", submission => submission.Limits.CpuExtraSeconds),
        ("wall_time_limit", submission => submission.Limits.WallTimeSeconds),
        ("memory_limit", submission => submission.Limits.MemoryKiB),
        ("stack_limit", submission => submission.Limits.StackKiB),
        ("max_processes_and_or_threads", submission => submission.Limits.Processes),
        ("enable_per_process_and_thread_time_limit", submission => submission.Limits.IsTimePerProcess),
        ("enable_per_process_and_thread_memory_limit", submission => submission.Limits.IsMemoryPerProcess),
        ("max_file_size", submission => submission.Limits.FileSizeKiB),
        ("compile_output", submission => Text.Of(submission.Outcome?.CompileOutput)),
        ("exit_code", submission => submission.Outcome?.ExitCode),
        ("exit_signal", submission => submission.Outcome?.ExitSignal),
        ("message", submission => submission.Outcome?.Message is { } message ? new Text(System.Text.Encoding.UTF8.GetBytes(message)) : null),
        ("wall_time", submission => submission.Outcome?.WallTimeSeconds),
        ("compiler_options", submission => submission.CompilerOptions),
        ("command_line_arguments", submission => submission.CommandLineArguments),
        ("redirect_stderr_to_stdout", submission => submission.RedirectsStderr),
        ("callback_url", submission => submission.CallbackUrl),
        ("additional_files", submission => submission.AdditionalFiles is { } files ? LenientBase64.Encode(files) : null),
        ("enable_network", _ => false),
        ("status", submission => new Status(submission.StatusId)),
        ("language", submission => new Language(submission.LanguageId, submission.LanguageName)),
    ];

    private readonly IReadOnlyList<(string Name, Func<JudgeSubmission, object?> Value)> _fields;

    private SubmissionFields(IReadOnlyCollection<string> names) =>
        _fields = [.. All.Where(field => names.Contains(Everything) || names.Contains(field.Name))];

    public static SubmissionFields Default { get; } = new(Defaults);

    /// <param name="fields">Names with commas between them, <c>*</c> for all; the usual ones when there are none.</param>
    /// <exception cref="JudgeRefusal">There are others.</exception>
    public static SubmissionFields Parse(string? fields)
    {
        var names = (fields ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = names.Where(name => name is not Everything && !All.Any(field => field.Name == name)).ToList();
        if (unknown.Count > 0)
            throw JudgeRefusal.Because($"invalid fields: [{string.Join(", ", unknown)}]");
        return names.Length == 0 ? Default : new SubmissionFields(names);
    }

    /// <returns>Null when text was asked for, and what there is is not.</returns>
    public ReadOnlyMemory<byte>? TryWrite(JudgeSubmission submission, bool isBase64)
    {
        var fields = _fields.Select(field => (field.Name, Value: field.Value(submission))).ToList();
        if (!isBase64 && fields.Exists(field => field.Value is Text { IsText: false }))
            return null;

        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        foreach (var (name, value) in fields)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value, isBase64);
        }

        writer.WriteEndObject();
        writer.Flush();
        return json.WrittenMemory;
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value, bool isBase64)
    {
        switch (value)
        {
            case Text text when isBase64:
                writer.WriteStringValue(LenientBase64.Encode(text.Bytes));
                break;
            case Text text:
                writer.WriteStringValue(text.Bytes);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case double seconds:
                writer.WriteStringValue(JudgeDecimal.ToText(seconds));
                break;
            case DateTime time:
                writer.WriteStringValue(time.ToString(DateFormat, CultureInfo.InvariantCulture));
                break;
            case Status status:
                writer.WriteStartObject();
                writer.WriteNumber("id", status.Id);
                writer.WriteString("description", JudgeStatus.DescriptionOf(status.Id));
                writer.WriteEndObject();
                break;
            case Language language:
                writer.WriteStartObject();
                writer.WriteNumber("id", language.Id);
                writer.WriteString("name", language.Name);
                writer.WriteEndObject();
                break;
            default:
                JsonSerializer.Serialize(writer, value);
                break;
        }
    }

    /// <summary>What is text, or Base64 where that was asked for.</summary>
    private sealed record Text(byte[] Bytes)
    {
        public bool IsText => Utf8.IsValid(Bytes);

        public static Text? Of(byte[]? bytes) => bytes is null ? null : new Text(bytes);
    }

    private sealed record Status(int Id);

    private sealed record Language(int Id, string Name);
}
