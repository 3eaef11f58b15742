// Compiles a program to main.dll, by the very class that the SDK's compiler server uses: options, messages and status are
// the compiler's own.
//
//   compile.dll <pack folder> <sources and compiler arguments>...
//   compile.dll <pack folder> --await-release     a host (docs/add-a-language.md): boots, compiles for practice, and waits
//
// A second of what a compilation takes is the compiler's own start: its code is made ready for the processor, the framework's
// assemblies are read, their types become symbols. A host has that behind it. It also keeps one compilation of the whole
// framework alive, for Roslyn then uses its symbols again. Where nothing was prepared, the same program compiles, so the same
// comes out.
using System.Reflection;
using System.Runtime.Loader;
using System.Text;

const string awaitRelease = "--await-release";

AssemblyLoadContext.Default.Resolving += (context, name) =>
    File.Exists(Sdk.CompilerAssembly(name.Name!)) ? context.LoadFromAssemblyPath(Sdk.CompilerAssembly(name.Name!)) : null;
if (args is not [var pack, awaitRelease])
    return Compilation.Run(args[0], args[1..], Console.OpenStandardOutput());

WarmUp.Run(pack);
var released = Release.Await();
if (released is null)
    return 0;
var own = Array.IndexOf(released, Assembly.GetExecutingAssembly().Location);
return Compilation.Run(pack, released[(own + 2)..], Console.OpenStandardOutput());

/// <summary>Where the newest SDK has what is needed of it.</summary>
internal static class Sdk
{
    private static readonly string _root = Path.GetDirectoryName(Environment.ProcessPath)!;

    public static string CompilerFolder { get; } = Newest("sdk", "*", "Roslyn/bincore");

    public static string ReferencePack { get; } = Newest("packs/Microsoft.NETCore.App.Ref", "10.*", "");

    public static IReadOnlyList<string> References { get; } = Assemblies(Path.Combine(ReferencePack, "ref/net10.0"));

    public static IEnumerable<string> Generators => Assemblies(Path.Combine(ReferencePack, "analyzers/dotnet/cs"));

    public static string CompilerAssembly(string name) => Path.Combine(CompilerFolder, name + ".dll");

    private static string[] Assemblies(string folder)
    {
        var files = Directory.GetFiles(folder, "*.dll");
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string Newest(string folder, string pattern, string part) =>
        Directory.GetDirectories(Path.Combine(_root, folder), pattern)
            .Where(version => Directory.Exists(Path.Combine(version, part)))
            .OrderBy(version => Version.TryParse(Path.GetFileName(version), out var number) ? number : new Version())
            .Select(version => Path.Combine(version, part))
            .Last();
}

/// <summary>What a launcher writes to a host that it releases.</summary>
internal static class Release
{
    private const int Descriptor = 3;

    /// <summary>The command line that this process stands for; null when it is not needed any more. The environment is what we booted with.</summary>
    public static string[]? Await()
    {
        // Its code is ready then, when there is something to read.
        Read(new MemoryStream([1, 0, 0, 0, 1, 0, 0, 0, (byte)'a']));
        return Read(new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(Descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0));
    }

    private static string[]? Read(Stream pipe)
    {
        using var received = new MemoryStream();
        using (pipe)
            pipe.CopyTo(received);
        if (received.Length == 0)
            return null;
        received.Position = 0;
        using var reader = new BinaryReader(received, Encoding.UTF8);
        var arguments = new string[reader.ReadUInt32()];
        for (var index = 0; index < arguments.Length; index++)
            arguments[index] = Encoding.UTF8.GetString(reader.ReadBytes(reader.ReadInt32()));
        return arguments;
    }
}
