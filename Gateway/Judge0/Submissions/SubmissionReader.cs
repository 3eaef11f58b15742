using System.Text;
using OnlineCompiler.Gateway.Callbacks;
using OnlineCompiler.Gateway.Judge0.Languages;
using OnlineCompiler.Gateway.Judge0.Wire;

namespace OnlineCompiler.Gateway.Judge0.Submissions;

/// <summary>Makes a submission of parameters; everything that is wrong with them is told at once, in Judge0's words.</summary>
internal sealed class SubmissionReader(
    JudgeParameters parameters, bool isBase64, IReadOnlyList<JudgeLanguage> languages, CallbackTargets targets, Judge0Options options, Judge0Limits limits)
{
    private const int MaxOptionLength = 512;
    private const string Blank = "can't be blank";

    private readonly Dictionary<string, IReadOnlyList<string>> _errors = [];

    /// <exception cref="JudgeRefusal">Something is wrong.</exception>
    public (JudgeSubmission Submission, JudgeLanguage Language) Read(string caller, DateTime now)
    {
        var languageId = parameters.Integer("language_id");
        var language = languages.FirstOrDefault(language => language.Id == languageId);
        var source = ReadSource(language);
        CheckLanguage(languageId, language);
        var read = ReadLimits();
        var compilerOptions = ReadCompilerOptions(language);
        var arguments = ReadOption("command_line_arguments", options.EnableCommandLineArguments, "setting command line arguments is not allowed");
        var callbackUrl = ReadCallback();
        var files = ReadFiles(language);
        AddIf(parameters.Flag("enable_network") is true, "enable_network", "enabling network is not allowed");
        if (_errors.Count > 0)
            throw JudgeRefusal.Invalid(_errors);

        return (new JudgeSubmission
        {
            Token = Guid.NewGuid().ToString(),
            Caller = caller,
            CreatedAt = now,
            LanguageId = language!.Id,
            LanguageName = language.Name,
            SourceCode = source,
            Stdin = ReadText("stdin"),
            ExpectedOutput = ReadText("expected_output"),
            CompilerOptions = compilerOptions,
            CommandLineArguments = arguments,
            Limits = read,
            RedirectsStderr = parameters.Flag("redirect_stderr_to_stdout") ?? false,
            AdditionalFiles = files,
            CallbackUrl = callbackUrl,
        }, language);
    }

    private byte[]? ReadText(string field) => parameters[field] is not { } text ? null
        : isBase64 ? LenientBase64.Decode(text)
        : Encoding.UTF8.GetBytes(text);

    private byte[]? ReadSource(JudgeLanguage? language)
    {
        var source = ReadText("source_code");
        var isBlank = source is null || string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(source));
        if (language is { IsMultiFile: true })
            AddIf(!isBlank, "source_code", "must be blank");
        else
            AddIf(isBlank, "source_code", Blank);
        return isBlank ? null : source;
    }

    private void CheckLanguage(int? id, JudgeLanguage? language)
    {
        AddIf(id is null, "language_id", Blank);
        AddIf(language is null, "language_id", $"language with id {id} doesn't exist");
        AddIf(language is { IsArchived: true }, "language_id", $"language with id {id} is archived and cannot be used anymore");
    }

    private SubmissionLimits ReadLimits() => new()
    {
        Runs = (int)Read(new NumberRule("number_of_runs", limits.Runs, 0, limits.MaxRuns) { IsLeastExcluded = true }),
        CpuTimeSeconds = Read(new NumberRule("cpu_time_limit", limits.CpuTimeSeconds, 0, limits.MaxCpuTimeSeconds) { IsFraction = true }),
        CpuExtraSeconds = Read(new NumberRule("cpu_extra_time", limits.CpuExtraSeconds, 0, limits.MaxCpuExtraSeconds) { IsFraction = true }),
        WallTimeSeconds = Read(new NumberRule("wall_time_limit", limits.WallTimeSeconds, 1, limits.MaxWallTimeSeconds) { IsFraction = true }),
        MemoryKiB = (int)Read(new NumberRule("memory_limit", limits.MemoryKiB, 2_048, limits.MaxMemoryKiB)),
        StackKiB = (int)Read(new NumberRule("stack_limit", limits.StackKiB, 0, limits.MaxStackKiB)),
        Processes = (int)Read(new NumberRule("max_processes_and_or_threads", limits.Processes, 0, limits.MaxProcesses) { IsLeastExcluded = true }),
        FileSizeKiB = (int)Read(new NumberRule("max_file_size", limits.FileSizeKiB, 0, limits.MaxFileSizeKiB)),
        IsTimePerProcess = parameters.Flag("enable_per_process_and_thread_time_limit") ?? false,
        IsMemoryPerProcess = parameters.Flag("enable_per_process_and_thread_memory_limit") ?? false,
    };

    private double Read(NumberRule rule)
    {
        var value = rule.Read(parameters[rule.Field], out var error);
        AddIf(error is not null, rule.Field, error!);
        return value;
    }

    private string? ReadCompilerOptions(JudgeLanguage? language)
    {
        var text = ReadOption("compiler_options", options.EnableCompilerOptions, "setting compiler options is not allowed");
        AddIf(
            options.EnableCompilerOptions && !string.IsNullOrWhiteSpace(text) && language is { IsCompiled: false, IsArchived: false },
            "compiler_options",
            "setting compiler options is only allowed for compiled languages");
        return text;
    }

    private string? ReadOption(string field, bool isEnabled, string refusal)
    {
        var text = parameters[field];
        AddIf(text is { Length: > MaxOptionLength }, field, $"is too long (maximum is {MaxOptionLength} characters)");
        AddIf(!isEnabled && !string.IsNullOrWhiteSpace(text), field, refusal);
        return text;
    }

    private string? ReadCallback()
    {
        const string Field = "callback_url";
        var url = parameters[Field];
        if (string.IsNullOrWhiteSpace(url))
            return null;

        AddIf(!options.EnableCallbacks, Field, "setting callback is not allowed");
        if (options.EnableCallbacks && targets.Refusal(url) is { } refusal)
            AddIf(true, Field, refusal);
        return url;
    }

    private byte[]? ReadFiles(JudgeLanguage? language)
    {
        const string Field = "additional_files";
        var text = parameters[Field];
        var isBlank = string.IsNullOrWhiteSpace(text);
        AddIf(isBlank && language is { IsMultiFile: true }, Field, Blank);
        if (isBlank)
            return null;

        AddIf(!options.EnableAdditionalFiles, Field, "setting additional files is not allowed");
        var files = LenientBase64.Decode(text!);
        if (options.EnableAdditionalFiles && AdditionalFiles.FindViolation(files) is { } violation)
            AddIf(true, Field, violation);
        return files;
    }

    private void AddIf(bool isWrong, string field, string message)
    {
        if (isWrong)
            _errors[field] = [.. _errors.GetValueOrDefault(field) ?? [], message];
    }
}
