namespace OnlineCompiler.Gateway.Tests.Fuzzing;

/// <summary>Every operation of the document, with requests that nobody should send; docs/fuzzing.md tells how to send more.</summary>
public sealed class DocumentFuzzTests
{
    private const int Seed = 20_261_129;
    private const int Requests = 4_400;

    [Fact]
    public async Task Every_answer_is_one_that_the_document_promises()
    {
        await using var gateway = await FuzzedGateway.StartAsync();
        using var http = FuzzRun.CreateClient(gateway.Address);
        var api = ApiDescription.Parse(await http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        var run = new FuzzRun(http, api, new RequestMaker(api, FuzzedGateway.Samples));

        await run.RunAsync(Seed, Requests);

        // If all were refused, or none, this would show nothing. Judge0's submissions are kept, and there is no store here.
        var expected = api.Operations.Where(operation => !operation.IsWebSocket && !operation.Path.StartsWith("/judge0/submissions", StringComparison.Ordinal));
        Assert.Empty(expected.Select(operation => operation.Name).Except(run.Succeeded.Keys));
        Assert.True(run.Statuses.GetValueOrDefault(400) > Requests / 5, string.Join(", ", run.Statuses));
        Assert.True(run.Statuses.GetValueOrDefault(200) > Requests / 5, string.Join(", ", run.Statuses));
    }

    [Fact]
    public async Task So_is_every_answer_at_the_address_of_Pistons_public_gateway()
    {
        await using var gateway = await FuzzedGateway.StartAsync();
        using var http = FuzzRun.CreateClient(gateway.Address);
        // It is not described, being the same.
        var document = await http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var api = ApiDescription.Parse(document.Replace("\"/api/v2/", "\"/api/v2/piston/", StringComparison.Ordinal), operation => operation.IsPistons);
        var run = new FuzzRun(http, api, new RequestMaker(api, FuzzedGateway.Samples));

        await run.RunAsync(Seed, Requests / 8);

        Assert.Equal(["pistonExecute", "pistonPackages", "pistonRuntimes"], run.Succeeded.Keys.Order());
    }
}
