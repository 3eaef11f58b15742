using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Piston.Errors;
using OnlineCompiler.Gateway.Piston.Jobs;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Piston.Runtimes;

/// <summary>One line of Piston's list of packages.</summary>
internal sealed record Package(
    [property: Description("The package, which may serve several languages.")] string Language,
    [property: JsonPropertyName("language_version")] string LanguageVersion,
    bool Installed);

/// <summary>What there is; what an operator installs and removes cannot be changed from here.</summary>
internal static class RuntimesApi
{
    private static readonly RuntimeAnswer RuntimeExample = new("javascript", "20.19.2", ["node-javascript", "node-js", "js"], "node");

    public static void MapRuntimes(this RouteGroupBuilder piston, PistonServer server)
    {
        piston.MapGet("/runtimes", ListAsync)
            .WithName(server.Name + "Runtimes")
            .WithSummary("List the runtimes, as Piston does")
            .WithDescription("Every installed version of every language, by the names that Piston's clients know.")
            .WithResponseExample<IReadOnlyList<RuntimeAnswer>>([RuntimeExample]);
        piston.MapGet("/packages", ListPackagesAsync)
            .WithName(server.Name + "Packages")
            .WithSummary("List the packages, as Piston does")
            .WithDescription("The runtimes as packages: all of them installed, for there are no others here.")
            .WithResponseExample<IReadOnlyList<Package>>([new Package("node", "20.19.2", true)]);

        piston.MapMethods("/runtimes", [HttpMethods.Head], ListAsync).ExcludeFromDescription();
        piston.MapMethods("/packages", [HttpMethods.Head], ListPackagesAsync).ExcludeFromDescription();
        piston.MapMethods("/packages", [HttpMethods.Post, HttpMethods.Delete], RefuseAsync).ExcludeFromDescription();
    }

    private static async Task<Ok<IReadOnlyList<RuntimeAnswer>>> ListAsync(InstalledRuntimes runtimes, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<RuntimeAnswer>>([.. (await runtimes.ListAsync(cancellationToken)).Select(runtime => runtime.Answer)]);

    private static async Task<Ok<IReadOnlyList<Package>>> ListPackagesAsync(InstalledRuntimes runtimes, CancellationToken cancellationToken)
    {
        var packages = (await runtimes.ListAsync(cancellationToken)).Select(PackageOf).Distinct().ToList();
        return TypedResults.Ok<IReadOnlyList<Package>>(packages);
    }

    private static async Task RefuseAsync(HttpContext context, InstalledRuntimes runtimes)
    {
        var body = await PistonBody.ReadAsync(context);
        var name = body.Text("language") ?? throw PistonErrors.Invalid("language is required as a string");
        var range = body.Text("version") ?? throw PistonErrors.Invalid("version is required as a string");

        var known = await runtimes.ListAsync(context.RequestAborted);
        var wanted = known.Where(runtime => PackageOf(runtime).Language == name).Select(runtime => runtime.Language).FirstOrDefault();
        if (wanted is null || await runtimes.FindAsync(wanted, range, context.RequestAborted) is null)
            throw new ProblemException(ProblemKind.NotFound.Problem($"Requested package {name}-{range} does not exist"));
        throw PistonErrors.Invalid(HttpMethods.IsPost(context.Request.Method)
            ? "Already installed"
            : "Packages are installed and removed by this server's operator");
    }

    private static Package PackageOf(Runtime runtime) => new(runtime.Name.Package ?? runtime.Language, runtime.Version, true);
}
