using System.Globalization;
using System.Text;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Judging;

/// <param name="Verdict">What is said of the test.</param>
/// <param name="Score">From 0 to the test's points.</param>
/// <param name="Message">For people; may be empty.</param>
internal sealed record Ruling(Verdict Verdict, double Score = 0, string Message = "")
{
    private const int MaxMessageLength = 1000;
    private const string PointsWord = "points ";

    /// <summary>What is known from the program's end alone; null when its output decides.</summary>
    public static Ruling? OfEnd(SandboxReport report) => report.Outcome switch
    {
        SandboxOutcome.Succeeded => null,
        SandboxOutcome.WallTimeLimit or SandboxOutcome.CpuTimeLimit => new Ruling(Verdict.TimeLimit, Message: report.Message ?? ""),
        SandboxOutcome.MemoryLimit => new Ruling(Verdict.MemoryLimit, Message: report.Message ?? ""),
        SandboxOutcome.OutputLimit => new Ruling(Verdict.OutputLimit, Message: report.Message ?? ""),
        _ => new Ruling(Verdict.RuntimeError, Message: report.Message ?? (report.ExitCode is { } code ? $"It exited with status {code}." : "")),
    };

    /// <summary>What a checker or an interactor said by its end, in the way of testlib.</summary>
    /// <param name="test">About which.</param>
    /// <param name="run">Of the checker or interactor.</param>
    /// <param name="who">E.g. "The checker".</param>
    public static Ruling OfJudge(JudgeTest test, ProgramRun run, string who)
    {
        var message = Shorten(Encoding.UTF8.GetString(run.Error.Span).Trim());
        return (run.Report.Outcome, run.Report.ExitCode) switch
        {
            (SandboxOutcome.Succeeded, _) => new Ruling(Verdict.Accepted, test.Points, message),
            (SandboxOutcome.NonzeroExit, 1) => new Ruling(Verdict.WrongAnswer, Message: message),
            (SandboxOutcome.NonzeroExit, 2) => new Ruling(Verdict.PresentationError, Message: message),
            (SandboxOutcome.NonzeroExit, 3) => new Ruling(Verdict.InternalError, Message: $"{who} failed. {message}".TrimEnd()),
            (SandboxOutcome.NonzeroExit, 7) => OfPoints(test, message, who),
            (SandboxOutcome.NonzeroExit, { } code) => new Ruling(Verdict.InternalError, Message: Shorten($"{who} exited with status {code}. {message}".TrimEnd())),
            _ => new Ruling(Verdict.InternalError, Message: Shorten($"{who} did not come to an end. {run.Report.Message} {message}".TrimEnd())),
        };
    }

    private static Ruling OfPoints(JudgeTest test, string message, string who)
    {
        var line = message.Split('\n').FirstOrDefault(line => line.StartsWith(PointsWord, StringComparison.Ordinal));
        var number = line?[PointsWord.Length..].TrimStart().Split(' ', '\t', '\r')[0];
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || !(score >= 0 && score <= test.Points))
        {
            var range = test.Points.ToString(CultureInfo.InvariantCulture);
            return new Ruling(Verdict.InternalError, Message: Shorten($"{who} exited with status 7, but named no points from 0 to {range}. {message}".TrimEnd()));
        }
        return new Ruling(score >= test.Points ? Verdict.Accepted : Verdict.WrongAnswer, score, message);
    }

    private static string Shorten(string message) => message.Length <= MaxMessageLength ? message : message[..(MaxMessageLength - 1)] + "…";
}
