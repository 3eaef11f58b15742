namespace OnlineCompiler.ExecutionService.Languages.Diagnostics;

/// <summary>A place in the program that a compiler or a runtime complained about.</summary>
/// <param name="File">Path of one of the request's files.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, as the tool counts; null when it did not say.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What the tool says, on one line.</param>
internal sealed record Diagnostic(string File, int Line, int? Column, DiagnosticSeverity Severity, string Message);

internal enum DiagnosticSeverity
{
    Error,
    Warning,
    Info,
}
