using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>
/// Names a compilation by everything that it can see: pack, toolchain, command, environment, files and limits. Of two
/// compilations with one key the second has nothing to add.
/// </summary>
/// <param name="Text">A SHA-256 in hexadecimal.</param>
internal readonly record struct CompileKey(string Text)
{
    /// <param name="toolchain">See <see cref="ToolchainIdentities"/>.</param>
    /// <param name="order">The compile stage.</param>
    public static CompileKey Of(string toolchain, SandboxOrder order)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, toolchain);
        AddAll(hash, order.Command);
        AddAll(hash, [.. order.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal).SelectMany(variable => new[] { variable.Key, variable.Value })]);
        AddAll(hash, order.Collect);
        // A limit may decide whether a compilation succeeds, so other limits are another compilation.
        Add(hash, $"{order.Limits} {order.CollectLimitBytes} {order.Terminal}");
        Add(hash, order.Files.Count);
        foreach (var file in order.Files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            Add(hash, file.Path);
            Add(hash, file.IsExecutable ? 1 : 0);
            Add(hash, file.Content.Span);
        }
        return new CompileKey(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void AddAll(IncrementalHash hash, IReadOnlyList<string> texts)
    {
        Add(hash, texts.Count);
        foreach (var text in texts)
            Add(hash, text);
    }

    private static void Add(IncrementalHash hash, string text) => Add(hash, Encoding.UTF8.GetBytes(text));

    /// <summary>With its length first, or "ab" and "c" would be "a" and "bc".</summary>
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
