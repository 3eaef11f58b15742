using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OnlineCompiler.Ai.V1;
using OnlineCompiler.AiService.Models;

namespace OnlineCompiler.AiService.Tests;

public sealed class FailureTests
{
    [Fact]
    public async Task Without_a_model_the_service_is_well_and_its_calls_name_the_settings()
    {
        await using var app = AiServiceApp.With();
        using var http = app.Http;
        using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(ready.IsSuccessStatusCode);

        Assert.Equal("", (await app.Client.GetModelAsync(new GetModelRequest(), cancellationToken: TestContext.Current.CancellationToken)).Model);
        foreach (var call in new Func<Task>[] { () => app.ExplainAsync(AiServiceApp.SampleQuestion()), () => app.FixAsync(AiServiceApp.SampleFix()) })
        {
            var failure = await AiServiceApp.FailsAsync(StatusCode.FailedPrecondition, call);

            Assert.Contains("Ai:ApiKey", failure.Status.Detail, StringComparison.Ordinal);
            Assert.Contains("Ai__ApiKey", failure.Status.Detail, StringComparison.Ordinal);
            Assert.Equal(["Ai:Provider", "Ai:Model", "Ai:ApiKey"], SubjectsOf(failure));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task With_only_the_key_missing_only_the_key_is_named(string key)
    {
        await using var app = AiServiceApp.With(("Ai:Provider", "anthropic"), ("Ai:Model", "some-model"), ("Ai:ApiKey", key));

        var failure = await AiServiceApp.FailsAsync(StatusCode.FailedPrecondition, () => app.ExplainAsync(AiServiceApp.SampleQuestion()));

        Assert.Equal(["Ai:ApiKey"], SubjectsOf(failure));
        Assert.Equal("", (await app.Client.GetModelAsync(new GetModelRequest(), cancellationToken: TestContext.Current.CancellationToken)).Model);
    }

    [Theory]
    [InlineData("Ai:Provider", "cleverness")]
    [InlineData("Ai:Endpoint", "localhost:1234/v1")]
    [InlineData("Ai:MaxOutputTokens", "1")]
    [InlineData("Ai:Timeout", "00:00:00")]
    [InlineData("Ai:ProofTimeout", "1.00:00:00")]
    [InlineData("Ai:Model", "")]
    public void A_wrong_setting_stops_the_start_and_is_named(string key, string value)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Ai:Provider"] = "openai", ["Ai:Model"] = "some-model", ["Ai:ApiKey"] = Secrets.ApiKey, [key] = value,
        };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddChatModel();
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secrets.ApiKey, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai", 401)]
    [InlineData("openai", 403)]
    [InlineData("anthropic", 401)]
    public async Task A_refused_key_names_its_setting_and_never_the_key(string provider, int status)
    {
        await using var fake = await FakeProvider.StartAsync();
        fake.Answer = context => ProviderWire.RefuseAsync(context, status);
        await using var app = AiServiceApp.For(provider, fake);

        var failure = await AiServiceApp.FailsAsync(StatusCode.FailedPrecondition, () => app.ExplainAsync(AiServiceApp.SampleQuestion()));

        Assert.Equal(["Ai:ApiKey"], SubjectsOf(failure));
        Assert.DoesNotContain(Secrets.ApiKey, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secrets.Code, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai", "17", 17)]
    [InlineData("openai", null, 10)]
    [InlineData("anthropic", "17", 17)]
    [InlineData("anthropic", "Wed, 01 Jan 2020 00:00:00 GMT", 10)]
    public async Task A_rate_limit_says_when_to_try_again_and_is_not_retried(string provider, string? retryAfter, int seconds)
    {
        await using var fake = await FakeProvider.StartAsync();
        fake.Answer = context => ProviderWire.RefuseAsync(context, 429, retryAfter);
        await using var app = AiServiceApp.For(provider, fake);

        var failure = await AiServiceApp.FailsAsync(StatusCode.ResourceExhausted, () => app.ExplainAsync(AiServiceApp.SampleQuestion()));

        Assert.Equal(TimeSpan.FromSeconds(seconds), failure.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan());
        Assert.Single(fake.Requests);
    }

    [Theory]
    [InlineData("openai", 500)]
    [InlineData("openai", 503)]
    [InlineData("anthropic", 500)]
    [InlineData("anthropic", 529)]
    public async Task A_failure_of_the_provider_is_unavailable_and_not_retried(string provider, int status)
    {
        await using var fake = await FakeProvider.StartAsync();
        fake.Answer = context => ProviderWire.RefuseAsync(context, status);
        await using var app = AiServiceApp.For(provider, fake);

        await AiServiceApp.FailsAsync(StatusCode.Unavailable, () => app.ExplainAsync(AiServiceApp.SampleQuestion()));

        Assert.Single(fake.Requests);
    }

    [Theory]
    [InlineData("openai", 404, "Ai:Model")]
    [InlineData("anthropic", 400, "Ai:Model")]
    public async Task A_refused_request_names_what_to_check(string provider, int status, string setting)
    {
        await using var fake = await FakeProvider.StartAsync();
        fake.Answer = context => ProviderWire.RefuseAsync(context, status);
        await using var app = AiServiceApp.For(provider, fake);

        var failure = await AiServiceApp.FailsAsync(StatusCode.FailedPrecondition, () => app.ExplainAsync(AiServiceApp.SampleQuestion()));

        Assert.Contains(setting, SubjectsOf(failure));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_silent_provider_is_unavailable_when_the_time_is_up(string provider)
    {
        await using var fake = await FakeProvider.StartAsync();
        fake.Answer = async context =>
        {
            await ProviderWire.WriteBeginningAsync(context, "First");
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        await using var app = AiServiceApp.For(provider, fake, ("Ai:Timeout", "00:00:01"));

        var failure = await AiServiceApp.FailsAsync(StatusCode.Unavailable, () => app.ExplainAsync(AiServiceApp.SampleQuestion()));

        Assert.Contains("within 1 s", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task An_unreachable_provider_is_unavailable(string provider)
    {
        var fake = await FakeProvider.StartAsync();
        await using var app = AiServiceApp.For(provider, fake);
        await fake.DisposeAsync();

        await AiServiceApp.FailsAsync(StatusCode.Unavailable, () => app.ExplainAsync(AiServiceApp.SampleQuestion()));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_request_is_named_at_once()
    {
        await using var app = AiServiceApp.With();
        var program = AiServiceApp.SampleProgram();
        program.Language = "";
        program.EntryPoint = "missing.py";
        program.Files.Add(new ProgramFile { Path = "../escape.py", Content = new string('#', 256 * 1024) });
        program.Files.Add(new ProgramFile { Path = "main.py" });
        program.Arguments.Add(new string('a', 4097));
        var request = new ExplainRequest { Program = program, Question = new string('?', 4097), Locale = "not a tag" };

        var failure = await AiServiceApp.FailsAsync(StatusCode.InvalidArgument, () => app.ExplainAsync(request));

        Assert.Equal(
            [
                "program.language", "program.files[1].path", "program.files[2].path", "program.files", "program.entry_point",
                "program.arguments[1]", "question", "locale",
            ],
            failure.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task A_request_without_a_program_is_refused()
    {
        await using var app = AiServiceApp.With();

        var failure = await AiServiceApp.FailsAsync(StatusCode.InvalidArgument, () => app.FixAsync(new FixRequest()));

        Assert.Equal("program", Assert.Single(failure.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
    }

    private static IEnumerable<string> SubjectsOf(RpcException failure) =>
        failure.GetRpcStatus()!.GetDetail<PreconditionFailure>()!.Violations.Select(violation => violation.Subject);
}
