namespace OnlineCompiler.SampleAppHost;

/// <summary>The sample service, as a project of an AppHost; it is built beside us.</summary>
public sealed class Sample : IBuiltProjectMetadata
{
    private static string Tests => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public string ProjectPath => Path.Combine(Tests, "SampleService", "SampleService.csproj");

    public string AssemblyPath => Path.Combine(Tests, "SampleService", "bin", Configuration, "net10.0", "SampleService.dll");
}
