namespace OnlineCompiler.Gateway.Judge0.Submissions;

/// <summary>Judge0's statuses. Clients know these and no others.</summary>
internal static class JudgeStatus
{
    public const int InQueue = 1;
    public const int Processing = 2;
    public const int Accepted = 3;
    public const int WrongAnswer = 4;
    public const int TimeLimitExceeded = 5;
    public const int CompilationError = 6;
    public const int SegmentationFault = 7;
    public const int FileSizeExceeded = 8;
    public const int FloatingPointError = 9;
    public const int Aborted = 10;
    public const int NonzeroExit = 11;
    public const int OtherRuntimeError = 12;
    public const int InternalError = 13;
    public const int ExecFormatError = 14;

    private static readonly string[] Descriptions =
    [
        "In Queue", "Processing", "Accepted", "Wrong Answer", "Time Limit Exceeded", "Compilation Error", "Runtime Error (SIGSEGV)",
        "Runtime Error (SIGXFSZ)", "Runtime Error (SIGFPE)", "Runtime Error (SIGABRT)", "Runtime Error (NZEC)", "Runtime Error (Other)",
        "Internal Error", "Exec Format Error",
    ];

    public static IEnumerable<int> All => Enumerable.Range(1, Descriptions.Length);

    public static string DescriptionOf(int id) => Descriptions[id - 1];
}
