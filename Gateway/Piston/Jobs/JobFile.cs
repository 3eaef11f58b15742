using System.Text;
using System.Text.Json;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Piston.Errors;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Piston.Jobs;

/// <summary>A file of a job; with <see cref="IsCode"/>, one that the compiler may get.</summary>
internal sealed record JobFile(string? Name, byte[] Content, bool IsCode)
{
    private const string Utf8 = "utf8";

    /// <exception cref="ProblemException">Not files; in Piston's order and words.</exception>
    public static void RequireContents(JsonElement files)
    {
        if (files.ValueKind is not JsonValueKind.Array)
            throw PistonErrors.Invalid("files is required as an array");
        foreach (var (i, file) in files.EnumerateArray().Index())
        {
            if (PistonBody.Member(file, "content").ValueKind is not JsonValueKind.String)
                throw PistonErrors.Invalid($"files[{i}].content is required as a string");
        }
    }

    public static void RequireCode(JsonElement files)
    {
        if (!files.EnumerateArray().Any(file => EncodingOf(file) is null or Utf8))
            throw PistonErrors.Invalid("files must include at least one utf8 encoded file");
    }

    public static List<JobFile> ReadAll(JsonElement files) => [.. files.EnumerateArray().Select(Read)];

    /// <summary>The program: its main file first, each under a name that the language's tools take.</summary>
    public static IReadOnlyList<SourceFile> ToProgram(IReadOnlyList<JobFile> files, Language language)
    {
        var main = files.First(file => file.IsCode);
        var taken = files.Select(file => file.Name).ToHashSet();
        var program = new Dictionary<string, JobFile> { [NameOfMain(main, language, taken)] = main };
        foreach (var (i, file) in files.Index())
        {
            // As on a disk, a later file replaces an earlier one of its name.
            if (file != main)
                program[file.Name ?? DefaultName(i, file, language)] = file;
        }

        return [.. program.Select(file => new SourceFile { Path = file.Key, Content = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(file.Value.Content) })];
    }

    private static JobFile Read(JsonElement file, int index)
    {
        var content = PistonBody.TextOf(PistonBody.Member(file, "content"));
        var name = NameOf(PistonBody.Member(file, "name"), $"files[{index}].name");
        return EncodingOf(file) switch
        {
            "base64" => new JobFile(name, LenientBytes.FromBase64(content), false),
            "hex" => new JobFile(name, LenientBytes.FromHex(content), false),
            _ => new JobFile(name, Encoding.UTF8.GetBytes(content), true),
        };
    }

    /// <summary>Null when the file says nothing of it; any other value than Piston's three is read as UTF-8.</summary>
    private static string? EncodingOf(JsonElement file)
    {
        var encoding = PistonBody.Member(file, "encoding");
        return PistonBody.IsFalsy(encoding) ? null
            : encoding.ValueKind is JsonValueKind.String ? PistonBody.TextOf(encoding)
            : encoding.GetRawText();
    }

    private static string? NameOf(JsonElement value, string field)
    {
        if (PistonBody.IsFalsy(value))
            return null;
        if (value.ValueKind is not JsonValueKind.String)
            throw PistonErrors.Invalid($"{field} must be a string");

        var folders = new Stack<string>();
        var name = PistonBody.TextOf(value);
        foreach (var part in name.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part is not "..")
                folders.Push(part);
            else if (!folders.TryPop(out _))
                throw PistonErrors.Invalid($"{field} must stay inside of the job's folder");
        }

        if (folders.Count == 0 || name[^1] is '/')
            throw PistonErrors.Invalid($"{field} must name a file, not a folder");
        return string.Join('/', folders.Reverse());
    }

    // Piston's packages append their extension to whatever the file is called; here only where it is missing.
    private static string NameOfMain(JobFile main, Language language, HashSet<string?> taken)
    {
        if (main.Name is null)
            return language.EntryPoint;
        if (language.Extensions.Count == 0 || language.Extensions.Any(extension => main.Name.EndsWith(extension, StringComparison.Ordinal)))
            return main.Name;

        var extended = main.Name + language.Extensions[0];
        return taken.Contains(extended) ? main.Name : extended;
    }

    private static string DefaultName(int index, JobFile file, Language language) =>
        $"file{index}{(file.IsCode && language.Compiled ? language.Extensions.FirstOrDefault(".code") : ".code")}";
}
