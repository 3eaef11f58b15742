using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Interactive;

/// <summary>OpenAPI has no words for a WebSocket; this is what people read instead.</summary>
internal static class InteractiveDescription
{
    public const string Text =
        """
        A WebSocket of JSON text messages, each with a `type`.

        The client sends first `{"type":"start","execution":{…},"terminal":{"columns":80,"rows":24}}`, where `execution` is the body of
        `POST /api/v1/executions` without `stdin`, and without `terminal` the program gets pipes. Then, as it likes,
        `{"type":"stdin","data":"…"}`, `{"type":"endOfInput"}`, `{"type":"signal","signal":"SIGINT"}` (or `SIGQUIT`, `SIGTERM`, `SIGKILL`)
        and `{"type":"resize","columns":100,"rows":30}`.

        The server sends the events of `/api/v1/executions/stream` with their name as `type`, or `{"type":"error","problem":{…}}`, and
        closes: 1000 after the result, 4400 after an error of the client's, 1013 when it should come back later, 1011 when we failed,
        1001 when the server stops. Closing the connection kills the program.
        """;

    public static readonly ExecutionEvent Frame = new OutputEvent(Stage.Run, Output.Types.Stream.Terminal, TextOrBytes.From("Your name? "));
}
