using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf.Collections;
using OnlineCompiler.ServiceDefaults;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Grpc;

/// <summary>What session.proto says of its fields; everything that is wrong is named at once.</summary>
internal static partial class SessionValidation
{
    public const int DefaultPageSize = 50;

    private const int MaxOwnerCharacters = 128;
    private const int MaxTitleCharacters = 120;
    private const int MaxFiles = 100;
    private const int MaxFileBytes = 1024 * 1024;
    private const int MaxTotalBytes = 4 * 1024 * 1024;
    private const int MaxArguments = 256;
    private const int MaxArgumentBytes = 4096;
    private const int MaxCompilerArguments = 64;
    private const int MaxLanguageVersionCharacters = 64;
    private const int MaxPageSize = 100;
    private const int MinSnapshotSeconds = 60;
    private const int MaxSnapshotSeconds = 365 * 24 * 60 * 60;

    public static void Check(CreateSessionRequest request)
    {
        var violations = new FieldViolations();
        CheckOwner(violations, request.Owner);
        CheckContent(violations, request.Content);
        violations.ThrowIfAny();
    }

    public static void Check(GetSessionRequest request) => CheckOwnerAndId(request.Owner, request.Id);

    public static void Check(DeleteSessionRequest request) => CheckOwnerAndId(request.Owner, request.Id);

    public static void Check(SaveSessionRequest request)
    {
        var violations = new FieldViolations();
        CheckOwner(violations, request.Owner);
        violations.AddIf(request.Id.Length == 0, "id", "is required");
        violations.AddIf(request.Version == 0, "version", "is required: the version that the change was made on");
        CheckContent(violations, request.Content);
        violations.ThrowIfAny();
    }

    /// <summary>Checks, and reads the page token.</summary>
    public static SessionCursor? Check(ListSessionsRequest request)
    {
        var violations = new FieldViolations();
        CheckOwner(violations, request.Owner);
        violations.AddIf(request.PageSize > MaxPageSize, "page_size", $"must be from 1 to {MaxPageSize}, or absent for {DefaultPageSize}");
        SessionCursor? cursor = null;
        violations.AddIf(
            request.PageToken.Length > 0 && !SessionCursor.TryParse(request.PageToken, out cursor),
            "page_token",
            "must be the next_page_token of the page before");
        violations.ThrowIfAny();
        return cursor;
    }

    public static void Check(CreateSnapshotRequest request)
    {
        var violations = new FieldViolations();
        CheckContent(violations, request.Content);
        violations.AddIf(
            request.TimeToLive is { } timeToLive && (timeToLive.Seconds < MinSnapshotSeconds || timeToLive.Seconds > MaxSnapshotSeconds),
            "time_to_live",
            $"must be from {MinSnapshotSeconds} to {MaxSnapshotSeconds} s, or absent for good");
        violations.AddIf(request.DeleteToken.Length > 0 && !IsDeleteToken(request.DeleteToken), "delete_token", $"{DeleteTokenRule}, or absent");
        violations.ThrowIfAny();
    }

    public static void Check(GetSnapshotRequest request)
    {
        var violations = new FieldViolations();
        violations.AddIf(request.Id.Length == 0, "id", "is required");
        violations.ThrowIfAny();
    }

    public static void Check(ForkSnapshotRequest request) => CheckOwnerAndId(request.Owner, request.Id);

    private static void CheckOwnerAndId(string owner, string id)
    {
        var violations = new FieldViolations();
        CheckOwner(violations, owner);
        violations.AddIf(id.Length == 0, "id", "is required");
        violations.ThrowIfAny();
    }

    private static void CheckOwner(FieldViolations violations, string owner) =>
        violations.AddIf(owner.Length is 0 or > MaxOwnerCharacters, "owner", $"is required: 1 to {MaxOwnerCharacters} characters");

    private static void CheckContent(FieldViolations violations, SessionContent? content)
    {
        if (content is null)
        {
            violations.Add("content", "is required");
            return;
        }

        violations.AddIf(
            IsTooLong(content.Title), "content.title", $"must be at most {MaxTitleCharacters} characters");
        violations.AddIf(
            !LanguageId().IsMatch(content.Language),
            "content.language",
            "is required: at most 32 lower case letters, digits and '-'");
        violations.AddIf(
            content.LanguageVersion.Length > MaxLanguageVersionCharacters,
            "content.language_version",
            $"must be at most {MaxLanguageVersionCharacters} characters");
        CheckFiles(violations, content);
        CheckArguments(violations, content.Arguments, MaxArguments, "content.arguments");
        CheckArguments(violations, content.CompilerArguments, MaxCompilerArguments, "content.compiler_arguments");
    }

    private static void CheckFiles(FieldViolations violations, SessionContent content)
    {
        violations.AddIf(content.Files.Count is 0 or > MaxFiles, "content.files", $"must be 1 to {MaxFiles} files");
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (position, file) in content.Files.Index())
        {
            var field = $"content.files[{position}]";
            if (WorkspacePath.FindViolation(file.Path) is { } violation)
                violations.Add($"{field}.path", violation);
            else
                violations.AddIf(!paths.Add(file.Path), $"{field}.path", "is used by an earlier file");
            violations.AddIfLonger(file.Content, MaxFileBytes, $"{field}.content");
        }

        var filesBytes = content.Files.Sum(file => (long)Encoding.UTF8.GetByteCount(file.Content));
        violations.AddIf(filesBytes > MaxTotalBytes, "content.files", $"must be at most {MaxTotalBytes} bytes together");
        violations.AddIf(
            filesBytes <= MaxTotalBytes && filesBytes + Encoding.UTF8.GetByteCount(content.Stdin) > MaxTotalBytes,
            "content.stdin",
            $"must be at most {MaxTotalBytes} bytes together with the files");
        violations.AddIf(
            content.EntryPoint.Length > 0 && content.Files.Count > 0 && content.Files.All(file => file.Path != content.EntryPoint),
            "content.entry_point",
            "must be the path of one of the files");
    }

    private static void CheckArguments(FieldViolations violations, RepeatedField<string> arguments, int most, string field)
    {
        violations.AddIf(arguments.Count > most, field, $"must be at most {most}");
        foreach (var (position, argument) in arguments.Index())
            violations.AddIfLonger(argument, MaxArgumentBytes, $"{field}[{position}]");
    }

    private static bool IsTooLong(string title) => title.EnumerateRunes().Count() > MaxTitleCharacters;

    [GeneratedRegex("^[a-z0-9-]{1,32}\\z")]
    private static partial Regex LanguageId();
}
