using System.Text;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Piston.Jobs;

/// <summary>
/// Gathers what a stage prints; the service's output limit bounds it. A character that arrives in two pieces stays one, and
/// what is not UTF-8 becomes U+FFFD.
/// </summary>
internal sealed class StageOutput
{
    private readonly Text _stdout = new();
    private readonly Text _stderr = new();
    private readonly StringBuilder _both = new();

    public string Stdout => _stdout.Gathered.ToString();

    public string Stderr => _stderr.Gathered.ToString();

    public string Both => _both.ToString();

    public void Add(Output.Types.Stream stream, ByteString data) =>
        Append(TextOf(stream), splitter => splitter.Push(data.Memory));

    /// <summary>Nothing more will come: what still waits for the rest of a character never gets it.</summary>
    public void End()
    {
        Append(_stdout, splitter => splitter.Flush());
        Append(_stderr, splitter => splitter.Flush());
    }

    private Text TextOf(Output.Types.Stream stream) => stream is Output.Types.Stream.Stderr ? _stderr : _stdout;

    private void Append(Text text, Func<Utf8Splitter, TextOrBytes> piece)
    {
        var characters = piece(text.Splitter).ToText();
        text.Gathered.Append(characters);
        _both.Append(characters);
    }

    private sealed class Text
    {
        public Utf8Splitter Splitter { get; } = new();

        public StringBuilder Gathered { get; } = new();
    }
}
