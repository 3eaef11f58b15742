using System.Text.Unicode;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>What kind of file a program has left: by the file's name, else by how its content starts.</summary>
internal static class MediaTypes
{
    private const string Unknown = "application/octet-stream";

    private static readonly Dictionary<string, string> _byExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".avif"] = "image/avif",
        [".bmp"] = "image/bmp",
        [".css"] = "text/css",
        [".csv"] = "text/csv",
        [".gif"] = "image/gif",
        [".gz"] = "application/gzip",
        [".htm"] = "text/html",
        [".html"] = "text/html",
        [".ico"] = "image/vnd.microsoft.icon",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".js"] = "text/javascript",
        [".json"] = "application/json",
        [".log"] = "text/plain",
        [".md"] = "text/markdown",
        [".mid"] = "audio/midi",
        [".mp3"] = "audio/mpeg",
        [".mp4"] = "video/mp4",
        [".ogg"] = "audio/ogg",
        [".pbm"] = "image/x-portable-bitmap",
        [".pdf"] = "application/pdf",
        [".pgm"] = "image/x-portable-graymap",
        [".png"] = "image/png",
        [".ppm"] = "image/x-portable-pixmap",
        [".ps"] = "application/postscript",
        [".svg"] = "image/svg+xml",
        [".tar"] = "application/x-tar",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".tsv"] = "text/tab-separated-values",
        [".txt"] = "text/plain",
        [".wasm"] = "application/wasm",
        [".wav"] = "audio/wav",
        [".webm"] = "video/webm",
        [".webp"] = "image/webp",
        [".xml"] = "application/xml",
        [".zip"] = "application/zip",
    };

    public static string Of(string path, ReadOnlySpan<byte> content) =>
        _byExtension.TryGetValue(Path.GetExtension(path), out var known) ? known : OfContent(content);

    private static string OfContent(ReadOnlySpan<byte> content) => content switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "application/pdf",
        [(byte)'P', (byte)'K', 3, 4, ..] => "application/zip",
        [0x1F, 0x8B, ..] => "application/gzip",
        [0, (byte)'a', (byte)'s', (byte)'m', ..] => "application/wasm",
        _ when Starts(content, "<!doctype html"u8) || Starts(content, "<html"u8) => "text/html",
        _ when Starts(content, "<svg"u8) => "image/svg+xml",
        _ when Utf8.IsValid(content) && !content.Contains((byte)0) => "text/plain",
        _ => Unknown,
    };

    private static bool Starts(ReadOnlySpan<byte> content, ReadOnlySpan<byte> lowerCase) =>
        content.Length >= lowerCase.Length && System.Text.Ascii.EqualsIgnoreCase(content[..lowerCase.Length], lowerCase);
}
