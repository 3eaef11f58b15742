using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

/// <summary>What a host does before anyone asks for a compilation.</summary>
internal static class WarmUp
{
    private static CSharpCompilation? _framework;

    /// <param name="pack">Has a folder of programs such as people write.</param>
    public static void Run(string pack)
    {
        KeepFramework();
        var made = Path.Combine(Path.GetTempPath(), "main.dll");
        foreach (var program in Directory.GetFiles(Path.Combine(pack, "prepared/warm-up")))
        {
            using var messages = new MemoryStream();
            if (Compilation.Run(pack, [program], messages, made) != 0)
                throw new InvalidOperationException($"{program} does not compile: {System.Text.Encoding.UTF8.GetString(messages.ToArray())}");
        }
        File.Delete(made);
        // Or the first collection, which takes longer than most compilations, comes in the middle of the next.
        GC.Collect();
    }

    /// <summary>Its symbols live as long as this one, and serve every later compilation with the same references.</summary>
    private static void KeepFramework()
    {
        _framework = CSharpCompilation.Create("framework",
            references: Sdk.References.Select(path => Compilation.Reference(path, MetadataReferenceProperties.Assembly)),
            options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _framework.GetTypeByMetadataName("System.Object");
    }
}
