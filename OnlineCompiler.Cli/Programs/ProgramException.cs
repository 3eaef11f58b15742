namespace OnlineCompiler.Cli.Programs;

/// <summary>What was asked for cannot be a program; the message says why in a sentence.</summary>
internal sealed class ProgramException(string message) : Exception(message);
