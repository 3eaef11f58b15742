namespace OnlineCompiler.Client;

/// <summary>A signal that reaches a program.</summary>
public enum ProgramSignal
{
    /// <summary>SIGINT, as Ctrl-C sends it. While the program is being compiled, it stops the compiler.</summary>
    Interrupt,

    /// <summary>SIGQUIT, as Ctrl-\ sends it.</summary>
    Quit,

    /// <summary>SIGTERM.</summary>
    Terminate,

    /// <summary>SIGKILL.</summary>
    Kill,
}

/// <summary>Size of a terminal.</summary>
/// <param name="Columns">Characters in a line, 1-1000.</param>
/// <param name="Rows">Lines, 1-1000.</param>
public sealed record TerminalSize(int Columns, int Rows);
