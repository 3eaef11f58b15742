namespace OnlineCompiler.Gateway.Judge0.Submissions;

/// <summary>A program that was submitted, with all that its owner may ask for again; <see cref="Outcome"/> when it has ended.</summary>
internal sealed record JudgeSubmission
{
    /// <summary>A UUID of random bits: who knows it may ask.</summary>
    public required string Token { get; init; }

    /// <summary>Who asked, for fair queueing.</summary>
    public required string Caller { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required int LanguageId { get; init; }

    /// <summary>As in the list of languages.</summary>
    public required string LanguageName { get; init; }

    public byte[]? SourceCode { get; init; }

    public byte[]? Stdin { get; init; }

    /// <summary>Null when nothing is compared, which empty text is.</summary>
    public byte[]? ExpectedOutput { get; init; }

    public string? CompilerOptions { get; init; }

    public string? CommandLineArguments { get; init; }

    public required SubmissionLimits Limits { get; init; }

    /// <summary>Whether standard error goes where standard output does.</summary>
    public bool RedirectsStderr { get; init; }

    /// <summary>A ZIP archive.</summary>
    public byte[]? AdditionalFiles { get; init; }

    public string? CallbackUrl { get; init; }

    /// <summary>Before its end: 1 or 2.</summary>
    public int StatusId => Outcome?.StatusId ?? (IsRunning ? JudgeStatus.Processing : JudgeStatus.InQueue);

    public bool IsRunning { get; init; }

    public JudgeOutcome? Outcome { get; init; }
}

/// <summary>In Judge0's units.</summary>
internal sealed record SubmissionLimits
{
    public required int Runs { get; init; }

    public required double CpuTimeSeconds { get; init; }

    /// <summary>How long it may go on after its CPU time, and be stopped for it all the same.</summary>
    public required double CpuExtraSeconds { get; init; }

    public required double WallTimeSeconds { get; init; }

    public required int MemoryKiB { get; init; }

    public required int StackKiB { get; init; }

    public required int Processes { get; init; }

    public required int FileSizeKiB { get; init; }

    /// <summary>Told again; limits hold for the program as a whole either way.</summary>
    public bool IsTimePerProcess { get; init; }

    /// <inheritdoc cref="IsTimePerProcess"/>
    public bool IsMemoryPerProcess { get; init; }
}

/// <summary>How a submission ended; empty streams are null.</summary>
internal sealed record JudgeOutcome
{
    public required int StatusId { get; init; }

    public required DateTime FinishedAt { get; init; }

    public byte[]? Stdout { get; init; }

    public byte[]? Stderr { get; init; }

    public byte[]? CompileOutput { get; init; }

    /// <summary>Why it did not end well.</summary>
    public string? Message { get; init; }

    /// <summary>Seconds of CPU; of several runs the mean.</summary>
    public double? TimeSeconds { get; init; }

    public double? WallTimeSeconds { get; init; }

    public long? MemoryKiB { get; init; }

    public int? ExitCode { get; init; }

    public int? ExitSignal { get; init; }

    /// <summary>With the means of all runs, of which it is the last.</summary>
    public JudgeOutcome WithMeansOf(IReadOnlyCollection<JudgeOutcome> earlier) => earlier.Count == 0 ? this : this with
    {
        TimeSeconds = earlier.Append(this).Average(run => run.TimeSeconds),
        MemoryKiB = (long?)earlier.Append(this).Average(run => run.MemoryKiB),
    };
}
