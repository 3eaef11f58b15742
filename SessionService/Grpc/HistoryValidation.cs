using System.Text.RegularExpressions;
using OnlineCompiler.ServiceDefaults;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.SessionService.Grpc;

/// <summary>The same for what has come of sessions and snapshots since they were made.</summary>
internal static partial class SessionValidation
{
    private const int MinDeleteTokenCharacters = 22;
    private const int MaxDeleteTokenCharacters = 128;

    public static void Check(RenameSessionRequest request)
    {
        var violations = new FieldViolations();
        CheckOwner(violations, request.Owner);
        violations.AddIf(request.Id.Length == 0, "id", "is required");
        violations.AddIf(request.Title.Length == 0 || IsTooLong(request.Title), "title", $"is required: 1 to {MaxTitleCharacters} characters");
        violations.ThrowIfAny();
    }

    public static void Check(CopySessionRequest request)
    {
        var violations = new FieldViolations();
        CheckOwner(violations, request.Owner);
        violations.AddIf(request.Id.Length == 0, "id", "is required");
        violations.AddIf(IsTooLong(request.Title), "title", $"must be at most {MaxTitleCharacters} characters");
        violations.ThrowIfAny();
    }

    public static void Check(GetHistoryRequest request) => CheckOwnerAndId(request.Owner, request.Id);

    public static void Check(GetVersionRequest request) => CheckOwnerAndId(request.Owner, request.Id);

    public static void Check(AddRunRequest request)
    {
        var violations = new FieldViolations();
        CheckOwner(violations, request.Owner);
        violations.AddIf(request.Id.Length == 0, "id", "is required");
        violations.AddIf(request.Run is null or { Version: 0 }, "run.version", "is required: the version that ran");
        violations.AddIf(!Outcome().IsMatch(request.Run?.Outcome ?? ""), "run.outcome", "is required: 1 to 32 letters");
        violations.ThrowIfAny();
    }

    public static void Check(DeleteSnapshotRequest request)
    {
        var violations = new FieldViolations();
        violations.AddIf(request.Id.Length == 0, "id", "is required");
        violations.AddIf(!IsDeleteToken(request.DeleteToken), "delete_token", DeleteTokenRule);
        violations.ThrowIfAny();
    }

    private static string DeleteTokenRule => $"must be {MinDeleteTokenCharacters} to {MaxDeleteTokenCharacters} characters";

    private static bool IsDeleteToken(string token) => token.Length is >= MinDeleteTokenCharacters and <= MaxDeleteTokenCharacters;

    [GeneratedRegex("^[A-Za-z]{1,32}\\z")]
    private static partial Regex Outcome();
}
