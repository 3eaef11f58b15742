using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Storage;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.Gateway.Security.Keys;

/// <summary>
/// This program as a command for operators, <c>api-key create|list|revoke</c>: no service and no port. It speaks to the Redis of
/// <c>ConnectionStrings:redis</c>, in the environment. A key is printed once, when it is made, and is nowhere else.
/// </summary>
internal sealed class ApiKeyCommand(ApiKeyStore store, TimeProvider clock, TextWriter output)
{
    private const string Name = "api-key";
    private const int Failed = 1;
    private const int Misused = 2;

    private static readonly string[] Headings = ["ID", "NAME", "SCOPES", "CREATED", "EXPIRES", "LAST USED", "STATE"];

    private readonly Option<string> _name = new("--name") { Description = "Whose it is, in your words", Required = true };
    private readonly Option<string> _scopes = new("--scopes")
    {
        Description = "What it may do, separated by commas",
        DefaultValueFactory = _ => string.Join(',', Scopes.All),
    };

    private readonly Option<DateTimeOffset?> _expires = new("--expires")
    {
        Description = "When it ends, such as 2027-01-01 (UTC); default never",
        HelpName = "time",
        CustomParser = ParseTime,
    };

    private readonly Option<bool> _asSettings = new("--as-settings") { Description = "Keep it nowhere, but print the settings that make it known" };
    private readonly Option<int?>[] _limits = [.. ApiKeyStore.LimitFields.Keys.Select(field => new Option<int?>("--" + field) { Description = "Its own, in place of everybody's" })];

    public static bool IsAsked(string[] args) => args is [Name, ..];

    /// <returns>The exit status.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder();
        // Standard output is the answer's.
        builder.Logging.ClearProviders();
        builder.AddStorage();
        builder.Services.AddSingleton<ApiKeyStore>();
        using var host = builder.Build();
        var command = new ApiKeyCommand(host.Services.GetRequiredService<ApiKeyStore>(), TimeProvider.System, Console.Out);
        return await command.RunAsync(args[1..], Console.Error);
    }

    public async Task<int> RunAsync(string[] args, TextWriter error)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var violation in parsed.Errors)
                await error.WriteLineAsync(violation.Message);
            return Misused;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (ProblemException exception)
        {
            await error.WriteLineAsync(exception.Problem.Detail ?? exception.Problem.Title);
            return Failed;
        }
    }

    private RootCommand Create()
    {
        _scopes.Validators.Add(result =>
        {
            if (!Scopes.TryParse(result.GetValueOrDefault<string>(), out _))
                result.AddError($"--scopes must be some of {string.Join(", ", Scopes.All)}, or {Scopes.None}.");
        });
        var create = new Command("create", "Make a key, and print it: it is never shown again") { _name, _scopes, _expires, _asSettings };
        foreach (var limit in _limits)
            create.Add(limit);
        create.Validators.Add(result =>
        {
            foreach (var violation in LimitsOf(result.GetValue).Violations())
                result.AddError("--" + JsonNamingPolicy.KebabCaseLower.ConvertName(violation.Split(' ')[0]) + violation[violation.IndexOf(' ', StringComparison.Ordinal)..]);
        });
        create.SetAction(CreateAsync);

        var id = new Argument<string>("id") { Description = "The 12 digits behind oc_, or as listed" };
        var revoke = new Command("revoke", "Make a key useless, everywhere within seconds") { id };
        revoke.SetAction((parsed, cancellationToken) => RevokeAsync(parsed.GetRequiredValue(id), cancellationToken));

        var list = new Command("list", "Tell of all keys, but not the keys");
        list.SetAction((_, cancellationToken) => ListAsync(cancellationToken));
        return new RootCommand("Manages the API keys of an OnlineCompiler.") { create, list, revoke };
    }

    private async Task<int> CreateAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var text = ApiKeyText.Make();
        var key = new ApiKey
        {
            Id = ApiKeyText.IdOf(text),
            Hash = ApiKeyText.HashOf(text),
            Name = parsed.GetRequiredValue(_name),
            Scopes = Scopes.Parse(parsed.GetRequiredValue(_scopes)),
            Limits = LimitsOf(parsed.GetValue),
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = parsed.GetValue(_expires),
        };
        if (!parsed.GetValue(_asSettings))
            await store.CreateAsync(key, cancellationToken);
        await output.WriteLineAsync(text);
        if (parsed.GetValue(_asSettings))
            await WriteSettingsAsync(key);
        return 0;
    }

    private async Task WriteSettingsAsync(ApiKey key)
    {
        var settings = new List<(string Name, object? Value)>
        {
            (nameof(StaticApiKey.Hash), key.Hash),
            (nameof(StaticApiKey.Name), key.Name),
            (nameof(StaticApiKey.Scopes), Scopes.Write(key.Scopes)),
            (nameof(StaticApiKey.ExpiresAt), key.ExpiresAt?.ToString("O", CultureInfo.InvariantCulture)),
        };
        settings.AddRange(typeof(Limits.CallerLimits).GetProperties().Where(limit => limit.CanWrite)
            .Select(limit => ($"{nameof(StaticApiKey.Limits)}__{limit.Name}", limit.GetValue(key.Limits))));
        foreach (var (name, value) in settings.Where(setting => setting.Value is not null))
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{ApiKeyOptions.Section.Replace(":", "__", StringComparison.Ordinal)}__Static__{key.Id}__{name}={value}"));
    }

    private async Task<int> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.RevokeAsync(id, cancellationToken))
            return 0;
        throw new ProblemException(ProblemKind.NotFound.Problem($"There is no key {id}."));
    }

    private async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        var rows = (await store.ListAsync(cancellationToken)).Select(Row).Prepend(Headings).ToList();
        var widths = Enumerable.Range(0, Headings.Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
            await output.WriteLineAsync(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return 0;
    }

    private string[] Row(ApiKey key) =>
        [key.Id, key.Name, Scopes.Write(key.Scopes), Show(key.CreatedAt), Show(key.ExpiresAt), Show(key.LastUsedAt), StateOf(key)];

    private string StateOf(ApiKey key) => key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= clock.GetUtcNow() ? "expired" : "active";

    private Limits.CallerLimits LimitsOf(Func<Option<int?>, int?> valueOf) =>
        ApiKeyStore.ReadLimits(field => valueOf(Array.Find(_limits, limit => limit.Name == "--" + field)!));

    private static string Show(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "-";

    private static DateTimeOffset? ParseTime(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        argument.AddError($"\"{text}\" is not a time such as 2027-01-01 or 2027-01-01T12:00:00Z.");
        return null;
    }
}
