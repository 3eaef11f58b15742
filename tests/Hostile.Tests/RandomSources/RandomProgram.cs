using System.Text;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Hostile.Tests.RandomSources;

/// <summary>Makes sources that nobody wrote: garbage, binaries, and valid programs with bytes changed.</summary>
/// <param name="random">Seeded, so that a failure can be repeated.</param>
/// <param name="samples">Valid programs by language.</param>
internal sealed class RandomProgram(Random random, IReadOnlyDictionary<string, byte[]> samples)
{
    /// <summary>Of a hundred; the cheap ones more often.</summary>
    private static readonly (string Language, string Path, int Weight)[] _languages =
    [
        ("python", "main.py", 32), ("bash", "main.sh", 32), ("javascript", "main.js", 14), ("c", "main.c", 16),
        ("cpp", "main.cpp", 2), ("typescript", "main.ts", 2), ("java", "Main.java", 1), ("csharp", "Program.cs", 1),
    ];

    private static readonly byte[][] _magicNumbers =
    [
        [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1], [0xca, 0xfe, 0xba, 0xbe], [(byte)'M', (byte)'Z', 0x90], [0xef, 0xbb, 0xbf], [0xff, 0xfe],
        [.. "#!/bin/sh\n"u8], [0x1f, 0x8b], [.. "!<arch>\n"u8], [0x6f, 0x0d, 0x0d, 0x0a],
    ];

    private static readonly string[] _nameParts = ["a", "Ω", " ", "-", "--", "'", "\"", "$x", "`", "\\", "\n", "🙂", "%s", "@", "~", "*", "?", "=", "é", ".py", ".c"];

    public ExecuteRequest Next()
    {
        var (language, path, _) = PickLanguage();
        var request = new ExecuteRequest
        {
            Language = language,
            Files = { new SourceFile { Path = path, Content = ByteString.CopyFrom(NextSource(language)) } },
            Stdin = ByteString.CopyFrom(Bytes(random.Next(200))),
            Limits = new Limits
            {
                WallTimeLimitMs = 500, CpuTimeLimitMs = 400, MemoryLimitBytes = 64 << 20, OutputLimitBytes = 20_000, WorkspaceLimitBytes = 4 << 20, ProcessLimit = 48,
                CompileWallTimeLimitMs = 2_000, CompileMemoryLimitBytes = 256 << 20,
            },
        };
        for (var i = random.Next(4); i > 0; i--)
            request.Arguments.Add(Name());
        if (random.Next(4) == 0)
            request.Files.Add(new SourceFile { Path = "x" + Name().Replace('/', '_'), Content = ByteString.CopyFrom(Bytes(random.Next(1000))) });
        if (random.Next(4) == 0)
            request.Environment["RANDOM_" + random.Next(10)] = Name();
        if (random.Next(8) == 0)
            request.Collect.Add("**/*" + Name()[..1].Replace('/', '_'));
        return request;
    }

    private (string Language, string Path, int Weight) PickLanguage()
    {
        var at = random.Next(_languages.Sum(language => language.Weight));
        return _languages.First(language => (at -= language.Weight) < 0);
    }

    private byte[] NextSource(string language) => random.Next(10) switch
    {
        0 => Bytes(random.Next(3000)),
        1 => [.. _magicNumbers[random.Next(_magicNumbers.Length)], .. Bytes(random.Next(3000))],
        2 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(500)).Select(_ => Name()))),
        3 => samples.Values.ElementAt(random.Next(samples.Count)),
        4 => samples[language][..random.Next(samples[language].Length)],
        _ => Edited(samples[language]),
    };

    private byte[] Edited(byte[] source)
    {
        var edited = source.ToList();
        for (var edits = random.Next(1, 12); edits > 0 && edited.Count > 2; edits--)
        {
            var at = random.Next(edited.Count);
            switch (random.Next(5))
            {
                case 0:
                    edited[at] = (byte)random.Next(256);
                    break;
                case 1:
                    edited[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    edited.RemoveRange(at, Math.Min(random.Next(1, 20), edited.Count - at));
                    break;
                case 3:
                    edited.InsertRange(at, Bytes(random.Next(1, 20)));
                    break;
                default:
                    edited.InsertRange(at, edited.GetRange(random.Next(at + 1), Math.Min(random.Next(1, 60), edited.Count - at)));
                    break;
            }
        }
        return [.. edited];
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private string Name() => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => _nameParts[random.Next(_nameParts.Length)]));
}
