namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Wire;

/// <summary>Numbers of Protos/worker.proto that both ends keep to.</summary>
internal static class WorkerProtocol
{
    public const uint Version = 1;

    /// <summary>Of a file or of output, in one message.</summary>
    public const int MaxPieceBytes = 256 * 1024;

    public const int MaxStdinPieceBytes = 64 * 1024;

    /// <summary>
    /// Input messages on their way. Bounds what a worker holds for a program that does not read, and keeps its way clear
    /// for a kill.
    /// </summary>
    public const int MaxInputsUntaken = 8;

    /// <summary>What a worker may send in one message.</summary>
    public const int MaxWorkerMessageBytes = 1024 * 1024;

    public const int MaxTextLength = 1024;

    public const int MaxWeaknesses = 16;

    public const int MaxWeaknessLength = 512;

    public const string TokenHeader = "authorization";

    public const string TokenScheme = "Bearer ";

    /// <summary>At most <see cref="MaxTextLength"/> of a text for people.</summary>
    public static string Clip(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength];
}
