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

        Bad network: with `"resumable":true` in `start` the run survives the loss of the connection. `accepted` then has
        `"resume":{"token":"…","withinMs":30000}`, and each frame has `position` and `inputs`. Connect again within that time and send
        `{"type":"resume","token":"…","position":…}` with the position of the last frame that arrived, or without one for everything from
        the start. The answer is `{"type":"resumed","id":"…","inputs":3,…}`, then what was missed, then what happens. `inputs` says how many
        of your frames after `start` the run has taken, of all connections: send those after them again, and nothing typed is lost or read
        twice; a frame of type `stdin` has at most 64 KiB then. About 1 MiB of what a run says is kept; `{"type":"missed","bytes":…}`
        stands where older output is gone. The token is a secret. Who signed in when it was started must be signed in as the same to
        resume. One connection has a run at a time: the newest, and an older one ends with the problem `run-taken-over`. A run that is over,
        or not yours, is the problem `run-gone`; a result is kept as long as a run. Closing with 1000 ends a resumable program at once.

        The server sends the events of `/api/v1/executions/stream` with their name as `type`, or `{"type":"error","problem":{…}}`, and
        closes: 1000 after the result, 4400 after an error of the client's, 1013 when it should come back later, 1011 when we failed,
        1001 when the server stops. `{"type":"stopping","withinMs":…}` says that the program will be ended because its service stops. Closing
        the connection kills a program that is not resumable.
        """;

    public static readonly ExecutionEvent Frame = new OutputEvent(Stage.Run, Output.Types.Stream.Terminal, TextOrBytes.From("Your name? "));
}
