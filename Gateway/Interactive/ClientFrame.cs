using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Interactive;

/// <summary>What a client sends: <c>start</c> or <c>resume</c> first, then <c>stdin</c>, <c>endOfInput</c>, <c>signal</c> and <c>resize</c>.</summary>
internal sealed record ClientFrame
{
    public string? Type { get; init; }

    /// <summary>Of <c>start</c>: the body of POST /executions without stdin.</summary>
    public ExecutionBody? Execution { get; init; }

    /// <summary>Of <c>start</c>: present when the program shall have a terminal of this size.</summary>
    public TerminalBody? Terminal { get; init; }

    /// <summary>Of <c>start</c>: the run shall survive the loss of this connection.</summary>
    public bool? Resumable { get; init; }

    /// <summary>Of <c>resume</c>: what <c>accepted</c> brought.</summary>
    public string? Token { get; init; }

    /// <summary>Of <c>resume</c>: the <c>position</c> of the last frame that arrived; default 0, for everything.</summary>
    public ulong? Position { get; init; }

    /// <summary>Of <c>stdin</c>.</summary>
    public TextOrBytes? Data { get; init; }

    /// <summary>Of <c>signal</c>: SIGINT, SIGQUIT, SIGTERM or SIGKILL.</summary>
    public string? Signal { get; init; }

    /// <summary>Of <c>resize</c>.</summary>
    public uint? Columns { get; init; }

    /// <summary>Of <c>resize</c>.</summary>
    public uint? Rows { get; init; }
}

internal sealed record TerminalBody(uint? Columns, uint? Rows);
