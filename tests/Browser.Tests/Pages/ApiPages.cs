using System.Text.RegularExpressions;

namespace OnlineCompiler.Browser.Tests.Pages;

/// <summary>The pages at <c>/docs</c> as their reader sees them: operations, and a form to try each.</summary>
internal sealed class ApiPages(IBrowserContext context, IPage page, Uri address) : IAsyncDisposable
{
    private const float LimitMs = 30_000;

    private readonly List<string> _errors = [];
    private readonly List<string> _elsewhere = [];

    /// <summary>What the browser complained about, refusals of the Content-Security-Policy among it.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>What was asked of any other host.</summary>
    public IReadOnlyList<string> Elsewhere => _elsewhere;

    /// <summary>The form of the operation that is tried.</summary>
    public ILocator Form => page.GetByRole(AriaRole.Dialog);

    public async Task OpenAsync(string operation)
    {
        page.Console += (_, message) => { if (message.Type == "error") _errors.Add(message.Text); };
        page.PageError += (_, error) => _errors.Add(error);
        context.Request += (_, request) => { if (new Uri(request.Url) is { Scheme: not ("data" or "blob") } target && target.Authority != address.Authority) _elsewhere.Add(request.Url); };
        await page.GotoAsync(new Uri(address, $"/docs/#{operation}").AbsoluteUri);
    }

    /// <summary>Sends the example as it is shown, and gives the answer.</summary>
    public async Task<IResponse> TryAsync(string method, string path)
    {
        // It becomes JavaScript's, between slashes.
        var name = $@"Test Request.*{method} {Regex.Escape(path)}\)$".Replace("/", @"\/", StringComparison.Ordinal);
        var test = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(name, RegexOptions.IgnoreCase) });
        await test.ClickAsync(new() { Timeout = LimitMs });
        var send = Form.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Send") });
        return await page.RunAndWaitForResponseAsync(
            () => send.First.ClickAsync(), response => response.Request.Method == method && new Uri(response.Url).AbsolutePath == path, new() { Timeout = LimitMs });
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
