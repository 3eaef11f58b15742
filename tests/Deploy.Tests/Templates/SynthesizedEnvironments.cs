using Amazon.CDK;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Tests.Templates;

/// <summary>Every environment's templates, written once for all tests: no test changes them, and none asks AWS.</summary>
public sealed class SynthesizedEnvironments : IDisposable
{
    public const string ImageTag = "1.2.3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onlinecompiler-deploy-");
    private readonly Dictionary<string, Template> _templates = [];

    public SynthesizedEnvironments()
    {
        foreach (var name in Names)
        {
            var environment = EnvironmentReader.Load(Folder, name, ImageTag);
            var output = FolderOf(name);
            Deployment.Synthesize(new App(new AppProps { Outdir = output, AnalyticsReporting = false, TreeMetadata = false }), environment);
            _templates[name] = new Template(environment, Directory.EnumerateFiles(output, "*.template.json").ToDictionary(
                path => Path.GetFileName(path).Split('.')[0].Split('-')[^1],
                path => JsonNode.Parse(File.ReadAllText(path))!.AsObject()));
        }
    }

    /// <summary>Where the environments are.</summary>
    public static string Folder => Path.Combine(Checkout.Root, "deploy", "environments");

    /// <summary>All that there are.</summary>
    public static TheoryData<string> All => [.. Names];

    /// <summary>Those with the profile containers: sandboxes of namespaces in two of them, single-use tasks in the third.</summary>
    public static TheoryData<string> Containers => ["staging", "production", "fargate"];

    /// <summary>Those that run programs on instances of their own.</summary>
    public static TheoryData<string> Hosts => ["staging", "production"];

    /// <summary>Those that run each program in a task of its own.</summary>
    public static TheoryData<string> Tasks => ["fargate", "serverless"];

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public string FolderOf(string name) => Path.Combine(_folder.FullName, name);

    internal Template this[string name] => _templates[name];

    public void Dispose() => _folder.Delete(recursive: true);
}
