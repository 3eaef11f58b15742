using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace OnlineCompiler.Web.StaticFiles;

/// <summary>
/// Serves what Vite built: hashed files for a year, the page itself always checked again, and the page for every address
/// that is not a file, because the client may have routes of its own.
/// </summary>
internal static class ClientApp
{
    private const string Page = "/index.html";
    private const string EmbeddedPage = "/embed.html";
    /// <summary>Vite puts a hash of the content into the name of everything in this folder.</summary>
    private const string HashedFolder = "/assets";
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string CheckAgain = "no-cache";

    public static void AddClientApp(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<ClientAppHealthCheck>("client");

    public static void UseClientApp(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        // Order matters: which file it is, then which compressed form of it, then the sending.
        app.Use((context, next) =>
        {
            ServePageForRoutes(context, files);
            return next(context);
        });
        app.UseCompressedFiles(files);
        app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = new FileExtensionContentTypeProvider { Mappings = { [".br"] = CompressedFiles.Placeholder, [".gz"] = CompressedFiles.Placeholder } },
            OnPrepareResponse = response => Finish(response.Context),
        });
    }

    private static void ServePageForRoutes(HttpContext context, IFileProvider files)
    {
        var request = context.Request;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        // An endpoint (health) answers for itself. A name with an extension is a file: missing, it must be a 404, or an
        // old page would load HTML in place of its script.
        if (!isRead || context.GetEndpoint() is not null || Path.HasExtension(request.Path.Value) || files.GetFileInfo(request.Path).Exists)
            return;

        request.Path = PageHeaders.IsEmbedded(request.Path) ? EmbeddedPage : Page;
    }

    private static void Finish(HttpContext context)
    {
        CompressedFiles.Describe(context);
        var hashed = context.Request.Path.StartsWithSegments(HashedFolder);
        context.Response.Headers[HeaderNames.CacheControl] = hashed ? Immutable : CheckAgain;
    }
}
