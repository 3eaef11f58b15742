using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OnlineCompiler.Tests.Fuzzing;

/// <summary>An answer, read whole.</summary>
internal sealed record FuzzAnswer(int Status, string MediaType, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public static async Task<FuzzAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.MediaType ?? "",
        response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        await response.Content.ReadAsByteArrayAsync(cancellationToken));
}

/// <summary>What must hold for every answer, whatever was asked.</summary>
internal sealed partial class AnswerRules
{
    private const string ProblemType = "application/problem+json";
    private const string NotConfigured = "https://onlinecompiler.dev/problems/ai-not-configured";
    /// <summary>What needs a store says so where there is none; and Judge0 has no 429.</summary>
    private static readonly string[] _judge0sUnavailable = ["none is configured here", "queue is full"];
    private static readonly string[] _hardening = ["X-Content-Type-Options", "Content-Security-Policy", "traceresponse"];
    private readonly SchemaCheck _schemas;
    private readonly Regex _schemaNames;

    public AnswerRules(ApiDescription api)
    {
        _schemas = new SchemaCheck(api);
        // What a body of ours is called is nobody's business: a message that has it was written for us.
        _schemaNames = new Regex($@"\b({string.Join('|', api.SchemaNames.Where(name => name.EndsWith("Body", StringComparison.Ordinal)))})\b");
    }

    /// <summary>What is wrong with the answer; nothing when all is well.</summary>
    public IEnumerable<string> Broken(FuzzRequest request, FuzzAnswer answer) => (answer.Status >= 400 ? Leaks(answer.Text) : [])
        .Concat(request.MeansOperation ? OfOperation(request, answer) : OfAnything(request, answer));

    /// <summary>What only our own logs should say; programs and what they print may.</summary>
    public IEnumerable<string> Leaks(string text)
    {
        if (StackTrace().Match(text) is { Success: true } trace)
            yield return $"leaks \"{trace.Value}\"";
        if (_schemaNames.Match(text) is { Success: true } name)
            yield return $"names the type {name.Value}";
    }

    private IEnumerable<string> OfOperation(FuzzRequest request, FuzzAnswer answer)
    {
        if (IsBareRefusal(request, answer))
            return [];
        var operation = request.Operation;
        var ownErrors = answer.Headers.Keys.Where(name => name is "Server" or "X-Powered-By").Select(name => $"tells what we are made of: {name}")
            .Concat(_hardening.Where(name => !answer.Headers.ContainsKey(name)).Select(name => $"lacks {name}"));
        if (!operation.Answers(answer.Status))
            ownErrors = ownErrors.Append($"status {answer.Status} is not documented");
        return ownErrors.Concat(answer.Status switch
        {
            >= 500 => OfFailure(request, answer),
            >= 400 => operation.IsDropIn ? OfDropInError(operation, answer) : OfProblem(request, answer),
            _ => OfSuccess(operation, answer),
        });
    }

    // It may be anyone's: another operation's, the web's, or the server's own.
    private IEnumerable<string> OfAnything(FuzzRequest request, FuzzAnswer answer)
    {
        if (answer.Status >= 500)
            return OfFailure(request, answer);
        return request.Method is not "HEAD" && answer is { Status: >= 400, MediaType: ProblemType } ? Members(answer.Status, Parse(answer.Text)) : [];
    }

    private IEnumerable<string> OfFailure(FuzzRequest request, FuzzAnswer answer) =>
        answer.Status == 503 && request.Operation.IsJudge0s && _judge0sUnavailable.Any(text => answer.Text.Contains(text, StringComparison.Ordinal))
            ? []
            : answer.Status == 503 && answer.MediaType is ProblemType && (string?)Parse(answer.Text)?.GetProperty("type").GetString() == NotConfigured
            ? OfProblem(request, answer)
            : [$"fails with {answer.Status}"];

    private IEnumerable<string> OfProblem(FuzzRequest request, FuzzAnswer answer)
    {
        if (answer.MediaType != ProblemType)
            return [$"{answer.Status} is {(answer.MediaType is "" ? "without a type" : answer.MediaType)}, not {ProblemType}"];
        if (Parse(answer.Text) is not { } problem)
            return ["the problem is not JSON"];

        var errors = Members(answer.Status, problem);
        if (request.Operation.AnswerSchema(answer.Status, ProblemType) is { } schema)
            errors = errors.Concat(_schemas.Errors(schema, problem));
        return answer.Status == 400 ? errors.Concat(Fields(request, problem)) : errors;
    }

    private static IEnumerable<string> Members(int status, JsonElement? read)
    {
        if (read is not { ValueKind: JsonValueKind.Object } problem)
        {
            yield return "the problem is no object";
            yield break;
        }

        foreach (var name in new[] { "type", "title", "detail", "instance", "traceId" })
        {
            if (!problem.TryGetProperty(name, out var member) || member.ValueKind is not JsonValueKind.String || member.GetString() is "")
                yield return $"a problem {status} without {name}";
        }

        if (!problem.TryGetProperty("status", out var number) || number.ValueKind is not JsonValueKind.Number || number.GetInt32() != status)
            yield return "status is not the status";
    }

    private static IEnumerable<string> Fields(FuzzRequest request, JsonElement problem)
    {
        if (!problem.TryGetProperty("errors", out var errors) || errors.ValueKind is not JsonValueKind.Object || !errors.EnumerateObject().Any())
            return ["a problem 400 that names no field"];

        var known = request.Operation.Parameters.Select(parameter => parameter.Name).Append("body").ToArray();
        var sent = request.Body is null ? "" : Encoding.UTF8.GetString(request.Body);
        var schema = request.Operation.BodySchema?.ToJsonString() ?? "";
        return errors.EnumerateObject()
            .Where(field => field.Value.ValueKind is not JsonValueKind.Array || field.Value.GetArrayLength() == 0 || field.Value.EnumerateArray().Any(message => message.GetString() is null or ""))
            .Select(field => $"field {field.Name} without a message")
            .Concat(errors.EnumerateObject()
                .Where(field => field.Name is "" && !sent.Contains("\"\"", StringComparison.Ordinal))
                .Select(_ => "a field without a name"))
            .Concat(request.Body is null && schema is ""
                ? errors.EnumerateObject().Where(field => !known.Contains(field.Name)).Select(field => $"names {field.Name}, which is no parameter")
                : []);
    }

    // Judge0 has four kinds of errors: nothing, a text, texts by field, and a list of these.
    private static IEnumerable<string> OfJudge0sError(FuzzAnswer answer)
    {
        if (answer is { MediaType: "text/html", Body.Length: 0 })
            return answer.Status is 400 or 401 or 403 or 404 ? [] : [$"{answer.Status} without a word"];
        if (answer.MediaType is not "application/json" || Parse(answer.Text) is not { } error)
            return [$"{answer.Status} is {answer.MediaType}, not JSON"];
        return error.ValueKind switch
        {
            JsonValueKind.Object when error.EnumerateObject().Any() => [],
            JsonValueKind.Array when answer.Status == 422 && error.GetArrayLength() > 0 => [],
            _ => [$"{answer.Status} says nothing"],
        };
    }

    private IEnumerable<string> OfDropInError(ApiOperation operation, FuzzAnswer answer)
    {
        if (operation.IsJudge0s)
            return OfJudge0sError(answer);
        if (answer.MediaType is not "application/json" || Parse(answer.Text) is not { ValueKind: JsonValueKind.Object } error)
            return [$"{answer.Status} is {answer.MediaType}, not an object of JSON"];
        if (operation.AnswerSchema(answer.Status, answer.MediaType) is { } schema)
            return _schemas.Errors(schema, error);
        return error.TryGetProperty("message", out var message) && message.GetString() is { Length: > 0 } ? [] : [$"{answer.Status} without a message"];
    }

    private IEnumerable<string> OfSuccess(ApiOperation operation, FuzzAnswer answer)
    {
        if (!operation.HasContent(answer.Status))
            return answer.Body.Length == 0 ? [] : [$"{answer.Status} has a body"];
        if (operation.AnswerSchema(answer.Status, answer.MediaType) is not { } schema)
            return [$"{answer.Status} as {answer.MediaType} is not documented"];
        if (answer.MediaType is "text/event-stream")
            return Events(answer);
        return Parse(answer.Text) is { } value ? _schemas.Errors(schema, value) : ["the answer is not JSON"];
    }

    private IEnumerable<string> Events(FuzzAnswer answer)
    {
        using var stream = new MemoryStream(answer.Body);
        foreach (var item in SseParser.Create(stream).Enumerate())
        {
            var data = Parse(item.Data);
            if (data is null)
                yield return $"the event {item.EventType} is not JSON";
            if (item.EventType is not "error" || data is not { ValueKind: JsonValueKind.Object } problem)
                continue;
            var status = problem.TryGetProperty("status", out var number) ? number.GetInt32() : 0;
            if (status >= 500 && problem.GetProperty("type").GetString() != NotConfigured)
                yield return $"the stream fails with {status}";
            foreach (var error in Members(status, problem).Concat(Leaks(item.Data)))
                yield return error;
        }
    }

    private static bool IsBareRefusal(FuzzRequest request, FuzzAnswer answer) =>
        request.IsRefusedByServer && answer is { Status: (int)HttpStatusCode.BadRequest, Body.Length: 0 };

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"   at [\w.<>]+\(|\.cs:line \d|\b(System|Microsoft|ModelContextProtocol|Grpc|OnlineCompiler|Google|StackExchange)\.[A-Z]\w+|\b[A-Z]\w+Exception\b")]
    private static partial Regex StackTrace();
}
