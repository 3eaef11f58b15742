using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OnlineCompiler.Client;

/// <summary>
/// Calls OnlineCompiler's native API. Calls take as long as the programs they run, so none has a timeout: cancel them. None is
/// retried, for running a program twice is not the same as running it once. Safe for use by several threads.
/// </summary>
/// <remarks>
/// Every call may throw <see cref="OnlineCompilerException"/> when the service refuses or fails, <see cref="HttpRequestException"/>
/// when the server cannot be reached, <see cref="IOException"/> when the connection is lost on the way, and
/// <see cref="InvalidDataException"/> when what answers is not OnlineCompiler.
/// </remarks>
public sealed class OnlineCompilerClient : IDisposable
{
    private const string ApiKeyHeader = "X-Api-Key";
    private const string Executions = "api/v1/executions";
    private const string Submissions = "api/v1/submissions";

    /// <summary>Until a submission is asked for again whose events have broken off.</summary>
    private static readonly TimeSpan WatchAgain = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;

    /// <param name="baseAddress">Where the Gateway is, e.g. http://localhost:8080; http or https.</param>
    /// <param name="options">How to present itself; default: an anonymous caller.</param>
    public OnlineCompilerClient(Uri baseAddress, OnlineCompilerClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(baseAddress);
        if (!baseAddress.IsAbsoluteUri || baseAddress.Scheme is not ("http" or "https"))
            throw new ArgumentException("Must be an absolute http or https address.", nameof(baseAddress));

        // Without the last slash, relative addresses would replace the last part of a path.
        var root = baseAddress.AbsoluteUri.EndsWith('/') ? baseAddress : new Uri(baseAddress.AbsoluteUri + "/");
        _http = new HttpClient { BaseAddress = root, Timeout = Timeout.InfiniteTimeSpan };
        if (options?.ApiKey is { } key)
            _http.DefaultRequestHeaders.Add(ApiKeyHeader, key);
        if (options?.BearerToken is { } token)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in options?.Headers ?? new Dictionary<string, string>())
            _http.DefaultRequestHeaders.Add(name, value);
    }

    /// <summary>Every language that the service knows, installed or not, by id.</summary>
    public async Task<IReadOnlyList<Language>> ListLanguagesAsync(CancellationToken cancellationToken = default)
    {
        using var response = await _http.GetAsync("api/v1/languages", cancellationToken);
        return (await ReadAsync(response, ClientJson.Api.LanguageList, cancellationToken)).Languages;
    }

    /// <summary>Runs a program and gives everything it printed, once it has ended.</summary>
    /// <param name="request">The program.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    public async Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken = default)
    {
        using var content = JsonContent.Create(request, ClientJson.Api.ExecutionRequest);
        using var response = await _http.PostAsync(Executions, content, cancellationToken);
        return await ReadAsync(response, ClientJson.Api.ExecutionResult, cancellationToken);
    }

    /// <summary>
    /// Runs a program and tells what happens as it happens; <see cref="ResultEvent"/> is last. Whoever reads slowly slows the
    /// program down; whoever stops reading kills it.
    /// </summary>
    /// <param name="request">The program.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    public async IAsyncEnumerable<ExecutionEvent> StreamAsync(
        ExecutionRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Executions + "/stream")
        {
            Content = JsonContent.Create(request, ClientJson.Api.ExecutionRequest),
        };
        await foreach (var happened in ReadEventsAsync(message, ExecutionEvents.Read, cancellationToken))
        {
            yield return happened;
            if (happened is ResultEvent)
                yield break;
        }

        throw new IOException("The server ended its answer before the program had ended.");
    }

    /// <summary>Hands in a program, to be run when its turn comes, whatever happens to the service meanwhile.</summary>
    /// <param name="request">The program.</param>
    /// <param name="callback">Whom to tell when it has ended. Default: nobody.</param>
    /// <param name="idempotencyKey">
    /// 1-128 visible ASCII characters: with the same key the same program is the same submission, so that one can try again when the
    /// answer was lost. Default: each call is a new one.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting for the answer; the program may have been handed in.</param>
    public async Task<Submission> SubmitAsync(
        ExecutionRequest request, Callback? callback = null, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Submissions)
        {
            Content = JsonContent.Create(new SubmissionBody(request, callback), ClientJson.Api.SubmissionBody),
        };
        if (idempotencyKey is not null)
            message.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await _http.SendAsync(message, cancellationToken);
        return await ReadAsync(response, ClientJson.Api.Submission, cancellationToken);
    }

    /// <summary>A submission as it is now.</summary>
    public async Task<Submission> GetSubmissionAsync(string id, CancellationToken cancellationToken = default)
    {
        using var response = await _http.GetAsync(PathOf(id), cancellationToken);
        return await ReadAsync(response, ClientJson.Api.Submission, cancellationToken);
    }

    /// <summary>Waits until a submission has ended, over any number of lost connections once the service has answered.</summary>
    /// <param name="id">Names it.</param>
    /// <param name="cancellationToken">Gives up waiting, which changes nothing for the submission.</param>
    public async Task<Submission> WaitAsync(string id, CancellationToken cancellationToken = default)
    {
        var hasAnswered = false;
        while (true)
        {
            try
            {
                using var message = new HttpRequestMessage(HttpMethod.Get, PathOf(id) + "/events");
                await foreach (var submission in ReadEventsAsync(message, SubmissionEvents.Read, cancellationToken))
                {
                    hasAnswered = true;
                    if (submission.IsFinal)
                        return submission;
                }
            }
            catch (Exception exception) when (hasAnswered && (exception is HttpRequestException or IOException
                || exception is OnlineCompilerException { Problem.Status: >= 500 and <= 504 }))
            {
                // It goes on without us.
            }
            await Task.Delay(WatchAgain, cancellationToken);
        }
    }

    /// <summary>Cancels a submission: one that waits never runs, one that runs is killed, one that has ended stays as it is.</summary>
    /// <returns>What it is then.</returns>
    public async Task<Submission> CancelAsync(string id, CancellationToken cancellationToken = default)
    {
        using var response = await _http.DeleteAsync(PathOf(id), cancellationToken);
        return await ReadAsync(response, ClientJson.Api.Submission, cancellationToken);
    }

    /// <summary>Starts a program to talk with.</summary>
    /// <param name="request">The program, without standard input.</param>
    /// <param name="terminal">The program gets a terminal of this size as input, output and error; with null, three pipes.</param>
    /// <param name="cancellationToken">Gives up connecting.</param>
    /// <returns>The run; disposing of it before the program has ended kills the program.</returns>
    public async Task<InteractiveExecution> ConnectAsync(
        ExecutionRequest request, TerminalSize? terminal = null, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.CollectHttpResponseDetails = true;
            foreach (var (name, values) in _http.DefaultRequestHeaders)
                socket.Options.SetRequestHeader(name, string.Join(", ", values));
            await OpenAsync(socket, cancellationToken);
            var execution = new InteractiveExecution(socket);
            await execution.StartAsync(new StartFrame(request, terminal), cancellationToken);
            return execution;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static string PathOf(string submission) => $"{Submissions}/{Uri.EscapeDataString(submission)}";

    private async IAsyncEnumerable<T> ReadEventsAsync<T>(
        HttpRequestMessage message, SseItemParser<T?> read, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await response.ThrowIfProblemAsync(cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType is not "text/event-stream")
            throw ExecutionEvents.NotOurs();

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream, read).EnumerateAsync(cancellationToken))
        {
            if (item.Data is not null)
                yield return item.Data;
        }
    }

    private async Task OpenAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(new Uri(_http.BaseAddress!, Executions + "/connect"));
        address.Scheme = address.Scheme is "https" ? "wss" : "ws";
        try
        {
            await socket.ConnectAsync(address.Uri, cancellationToken);
        }
        catch (WebSocketException exception) when (socket.HttpStatusCode is not 0)
        {
            if ((int)socket.HttpStatusCode < 400)
                throw ExecutionEvents.NotOurs(exception);
            // A refused upgrade has a body, which the socket does not hand out.
            throw new OnlineCompilerException(ProblemReader.FromStatus(socket.HttpStatusCode, RetryAfter(socket)));
        }
        catch (WebSocketException exception)
        {
            throw exception.InnerException as HttpRequestException ?? new HttpRequestException(exception.Message, exception);
        }
    }

    private static RetryConditionHeaderValue? RetryAfter(ClientWebSocket socket) =>
        socket.HttpResponseHeaders?.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is { } text
        && RetryConditionHeaderValue.TryParse(text, out var value) ? value : null;

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await response.ThrowIfProblemAsync(cancellationToken);
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw ExecutionEvents.NotOurs();
        }
        catch (JsonException exception)
        {
            throw ExecutionEvents.NotOurs(exception);
        }
    }
}
