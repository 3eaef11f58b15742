namespace OnlineCompiler.ExecutionService.Judging;

/// <summary>What is said of a test or of a judgement; the names are those of the public contract, which says what each means.</summary>
internal enum Verdict
{
    Accepted,
    WrongAnswer,
    PresentationError,
    TimeLimit,
    MemoryLimit,
    OutputLimit,
    RuntimeError,
    CompilationError,
    Skipped,
    InternalError,
}
