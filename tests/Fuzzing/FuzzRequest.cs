using System.Globalization;
using System.Text;

namespace OnlineCompiler.Tests.Fuzzing;

/// <summary>A request as it is sent, and what it still means.</summary>
/// <param name="Operation">What it was made of.</param>
/// <param name="Method">Of HTTP.</param>
/// <param name="Target">Path and query, as they go over the wire.</param>
/// <param name="Headers">Those of the content, too.</param>
/// <param name="Body">Null for none.</param>
/// <param name="MeansOperation">False when its method or path may be another's, or nobody's.</param>
internal sealed record FuzzRequest(
    ApiOperation Operation, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body, bool MeansOperation)
{
    private const int ShownBytes = 2_000;

    /// <summary>A null in a path never reaches the application: the server refuses it without a word.</summary>
    public bool IsRefusedByServer => Target.Contains("%00", StringComparison.Ordinal);

    public HttpRequestMessage ToMessage(Uri server)
    {
        // As it is: with its dots, and with escapes that are none.
        var uri = new Uri(server.GetLeftPart(UriPartial.Authority) + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(Method), uri);
        if (Body is not null)
            message.Content = new ByteArrayContent(Body);
        foreach (var (name, value) in Headers)
        {
            if (name.StartsWith("Content-", StringComparison.Ordinal))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            else
                message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{Method} {Short(Target)}   (of {Operation})");
        foreach (var (name, value) in Headers)
            text.AppendLine(CultureInfo.InvariantCulture, $"{name}: {Short(value)}");
        if (Body is not null)
            text.AppendLine(CultureInfo.InvariantCulture, $"{Body.Length} bytes: {Readable(Body.AsSpan(0, Math.Min(Body.Length, ShownBytes)))}");
        return text.ToString();
    }

    private static string Short(string text) => text.Length > 300 ? $"{text[..300]}… ({text.Length})" : text;

    // Latin-1 with escapes: each byte can be told.
    private static string Readable(ReadOnlySpan<byte> bytes) =>
        string.Concat(bytes.ToArray().Select(value => value is >= 0x20 and < 0x7f ? $"{(char)value}" : $"\\x{value:x2}"));
}
