using System.Globalization;
using System.Text;

namespace OnlineCompiler.Tests.Fuzzing;

/// <summary>Sends what a <see cref="RequestMaker"/> makes, and holds every answer against the <see cref="AnswerRules"/>.</summary>
/// <remarks>
/// <c>FUZZ_SEED</c> and <c>FUZZ_REQUESTS</c> make of a test a longer run with other requests, <c>FUZZ_FROM</c> begins it further
/// on: a request depends on the seed and its number alone.
/// </remarks>
internal sealed class FuzzRun(HttpClient http, ApiDescription api, RequestMaker maker)
{
    /// <summary>Beyond these more would not help to understand the first.</summary>
    private const int MostReported = 20;

    private readonly AnswerRules _rules = new(api);
    private readonly Dictionary<string, string> _broken = [];

    /// <summary>How often each operation answered well.</summary>
    public Dictionary<string, int> Succeeded { get; } = [];

    /// <summary>How often each status was answered.</summary>
    public SortedDictionary<int, int> Statuses { get; } = [];

    /// <summary>A client that sends what it is told, and follows nothing.</summary>
    public static HttpClient CreateClient(Uri server) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        // Bytes that are not ASCII are odd, and none of the client's business.
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        Expect100ContinueTimeout = TimeSpan.FromMilliseconds(200),
    })
    {
        BaseAddress = server,
    };

    /// <summary>Fails with every kind of fault that was found, the request of each, and how to send it again.</summary>
    /// <param name="seed">Unless FUZZ_SEED has another.</param>
    /// <param name="requests">Unless FUZZ_REQUESTS says otherwise.</param>
    public async Task RunAsync(int seed, int requests)
    {
        seed = Setting("FUZZ_SEED", seed);
        var from = Setting("FUZZ_FROM", 0);
        for (var number = from; number < from + Setting("FUZZ_REQUESTS", requests) && _broken.Count < MostReported; number++)
            await SendAsync(seed, number);
        Assert.True(_broken.Count == 0, string.Join("\n", _broken.Values.Prepend($"{_broken.Count} kinds of faults:")));
    }

    private async Task SendAsync(int seed, int number)
    {
        var request = maker.Make(seed, number);
        using var message = request.ToMessage(http.BaseAddress!);
        var again = $"FUZZ_SEED={seed} FUZZ_FROM={number} FUZZ_REQUESTS=1";
        FuzzAnswer answer;
        try
        {
            using var response = await http.SendAsync(message, TestContext.Current.CancellationToken);
            answer = await FuzzAnswer.ReadAsync(response, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException exception)
        {
            _broken.TryAdd($"{request.Operation} {exception.HttpRequestError}", $"{again}\n{request}no answer: {exception}\n");
            return;
        }

        Statuses[answer.Status] = Statuses.GetValueOrDefault(answer.Status) + 1;
        if (request.MeansOperation && answer.Status < 300)
            Succeeded[request.Operation.Name] = Succeeded.GetValueOrDefault(request.Operation.Name) + 1;
        foreach (var broken in _rules.Broken(request, answer))
            _broken.TryAdd($"{request.Operation} {broken}", $"{again}: {broken}\n{request}{answer.Status} {answer.MediaType}\n{(answer.Text.Length > 1_000 ? answer.Text[..1_000] : answer.Text)}\n");
    }

    public static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : otherwise;
}
