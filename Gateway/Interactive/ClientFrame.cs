using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Interactive;

/// <summary>What a client sends: <c>start</c> first, then <c>stdin</c>, <c>endOfInput</c>, <c>signal</c> and <c>resize</c>.</summary>
internal sealed record ClientFrame
{
    public string? Type { get; init; }

    /// <summary>Of <c>start</c>: the body of POST /executions without stdin.</summary>
    public ExecutionBody? Execution { get; init; }

    /// <summary>Of <c>start</c>: present when the program shall have a terminal of this size.</summary>
    public TerminalBody? Terminal { get; init; }

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
