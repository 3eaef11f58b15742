using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace OnlineCompiler.Web.StaticFiles;

/// <summary>
/// Sends <c>app.js.br</c> or <c>app.js.gz</c>, made at build time, for <c>app.js</c> to whoever accepts it: smaller than
/// compressing while serving, and free.
/// </summary>
internal static class CompressedFiles
{
    /// <summary>Content type of a compressed form until <see cref="Describe"/> puts the file's own in its place.</summary>
    public const string Placeholder = "application/octet-stream";

    /// <summary>Smallest first.</summary>
    private static readonly (string Encoding, string Extension)[] _forms = [("br", ".br"), ("gzip", ".gz")];
    private static readonly FileExtensionContentTypeProvider _contentTypes = new();

    public static void UseCompressedFiles(this IApplicationBuilder app, IFileProvider files) => app.Use((context, next) =>
    {
        var path = context.Request.Path;
        var present = _forms.Where(form => files.GetFileInfo(path + form.Extension).Exists).ToArray();
        if (present.Length > 0)
        {
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
            var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
            if (present.FirstOrDefault(form => Accepts(accepted, form.Encoding)) is { Encoding: not null } chosen)
            {
                context.Items[typeof(CompressedFiles)] = (chosen.Encoding, Original: path.Value!);
                context.Request.Path = path + chosen.Extension;
            }
        }

        return next(context);
    });

    /// <summary>Says of a compressed form what it is a form of.</summary>
    public static void Describe(HttpContext context)
    {
        if (context.Items[typeof(CompressedFiles)] is not (string encoding, string original))
            return;

        context.Response.Headers.ContentEncoding = encoding;
        if (_contentTypes.TryGetContentType(original, out var contentType))
            context.Response.ContentType = contentType;
    }

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && value.Quality is not 0);
}
