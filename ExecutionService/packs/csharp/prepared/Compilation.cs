using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text;
using Microsoft.CodeAnalysis;

/// <summary>One run of the compiler.</summary>
internal static class Compilation
{
    private const int SmallBytes = 4 * 1024;

    private static readonly ConcurrentDictionary<string, PortableExecutableReference> _framework = [];
    private static readonly string[] _generatorAttributes = ["GeneratedRegex", "JsonSerializable", "LibraryImport", "GeneratedComInterface"];
    private static readonly object _analyzerLoader = Internal(typeof(MetadataReference).Assembly, "Microsoft.CodeAnalysis.AnalyzerAssemblyLoader");

    /// <param name="pack">The language pack's folder.</param>
    /// <param name="arguments">Sources and compiler arguments.</param>
    /// <param name="output">For the compiler's messages.</param>
    /// <param name="outputFile">Where the program goes.</param>
    /// <returns>The compiler's status.</returns>
    public static int Run(string pack, string[] arguments, Stream output, string outputFile = "main.dll")
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return Run(MakeCompiler([.. Options(pack, arguments, outputFile), .. arguments]), writer);
    }

    /// <summary>An assembly of the framework's, read only once; or another.</summary>
    public static PortableExecutableReference Reference(string path, MetadataReferenceProperties properties) =>
        properties == MetadataReferenceProperties.Assembly && path.StartsWith(Sdk.ReferencePack, StringComparison.Ordinal)
            ? _framework.GetOrAdd(path, static path => MetadataReference.CreateFromFile(path))
            : MetadataReference.CreateFromFile(path, properties);

    private static IEnumerable<string> Options(string pack, string[] arguments, string outputFile) =>
    [
        "-noconfig", "-nologo", "-utf8output", "-target:exe", $"-out:{outputFile}", "-optimize+", "-deterministic+",
        // For stack traces, which then name file and line, the same in every sandbox.
        "-debug:embedded", $"-pathmap:{Environment.CurrentDirectory}=/workspace",
        "-nullable:enable", "-define:NET,NET10_0,NET10_0_OR_GREATER,RELEASE,TRACE", "-warn:10", "-nowarn:1701,1702",
        .. Sdk.References.Select(path => $"-reference:{path}"),
        // They cost 0.3 s to load, so only programs that name one of their attributes get them.
        .. arguments.Any(UsesGenerators) ? Sdk.Generators.Select(path => $"-analyzer:{path}") : [],
        // Types are compiled side by side, whose threads cost more than they save where there is little to compile.
        .. arguments.Where(File.Exists).Sum(path => new FileInfo(path).Length) < SmallBytes ? ["-parallel-"] : Array.Empty<string>(),
        Path.Combine(pack, "ImplicitUsings.cs"),
    ];

    private static bool UsesGenerators(string argument)
    {
        if (!File.Exists(argument))
            return false;
        var text = File.ReadAllText(argument, Encoding.Latin1);
        return _generatorAttributes.Any(name => text.Contains(name, StringComparison.Ordinal));
    }

    // The compiler's command line has no public entry that takes references which have been read; its server's has one.
    private static object MakeCompiler(string[] arguments)
    {
        var server = Assembly.LoadFrom(Sdk.CompilerAssembly("VBCSCompiler"));
        var paths = Internal(typeof(MetadataReference).Assembly, "Microsoft.CodeAnalysis.BuildPaths",
            Sdk.CompilerFolder, Environment.CurrentDirectory, null, Path.GetTempPath());
        return Internal(server, "Microsoft.CodeAnalysis.CompilerServer.CSharpCompilerServer",
            (Func<string, MetadataReferenceProperties, PortableExecutableReference>)Reference, arguments, paths, null, _analyzerLoader, null, null);
    }

    private static int Run(object compiler, TextWriter writer)
    {
        var run = compiler.GetType().GetMethod("Run", [typeof(TextWriter), typeof(CancellationToken)])!;
        try
        {
            return (int)run.Invoke(compiler, [writer, CancellationToken.None])!;
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    private static object Internal(Assembly assembly, string type, params object?[] arguments)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        return assembly.GetType(type, throwOnError: true)!.GetConstructors(Any).Single(each => each.GetParameters().Length == arguments.Length).Invoke(arguments);
    }
}
