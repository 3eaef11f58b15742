using System.Text;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Checks the form of a callback. Whether its host may be called is the Gateway's to say, which calls it.</summary>
internal static class CallbackValidator
{
    private const int MaxUrlLength = 2048;
    private const int MaxFormatLength = 32;
    private const int MaxContextBytes = 1024;
    private const int MinSecretBytes = 24;
    private const int MaxSecretBytes = 64;

    public static void Check(Callback? callback, FieldViolations violations)
    {
        if (callback is null)
            return;
        violations.AddIf(!IsUrl(callback.Url), "url", $"must be an absolute http or https URL of at most {MaxUrlLength} ASCII characters, without a user name");
        violations.AddIf(
            callback.Format.Length > MaxFormatLength || !callback.Format.All(char.IsAsciiLetterOrDigit) || callback.Format.Any(char.IsAsciiLetterUpper),
            "format",
            $"must be at most {MaxFormatLength} lower-case letters and digits");
        violations.AddIfLonger(callback.Context, MaxContextBytes, "context");
        violations.AddIf(
            callback.Secret.Length is not 0 and (< MinSecretBytes or > MaxSecretBytes), "secret", $"must be {MinSecretBytes}-{MaxSecretBytes} bytes");
    }

    private static bool IsUrl(string text) =>
        text.Length <= MaxUrlLength
        && Ascii.IsValid(text)
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0;
}
