using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Microsoft.Extensions.Options;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Storage.DynamoDb;

internal static class DynamoDbExtensions
{
    /// <summary>Of one attempt; see <see cref="TableCalls"/> for both together.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromMilliseconds(1500);

    /// <summary>What a server that is not AWS' is told as its region, which it does not mind.</summary>
    private const string AnyRegion = "us-east-1";

    public static void AddDynamoDbStore(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IAmazonDynamoDB>(services => CreateClient(services.GetRequiredService<IOptions<SessionStoreOptions>>().Value));
        builder.Services.AddSingleton<TableCalls>();
        builder.Services.AddSingleton<Bodies>();
        builder.Services.AddSingleton<RenewedBodies>();
        builder.Services.AddSingleton<ISessionStore, DynamoDbSessionStore>();
        builder.Services.AddSingleton<ISnapshotStore, DynamoDbSnapshotStore>();
        builder.Services.AddSingleton<IHistoryStore, DynamoDbHistoryStore>();
        builder.Services.AddHealthChecks().AddCheck<DynamoDbHealthCheck>("DynamoDB");
    }

    private static AmazonDynamoDBClient CreateClient(SessionStoreOptions options)
    {
        var config = new AmazonDynamoDBConfig { Timeout = AttemptTimeout, RetryMode = RequestRetryMode.Standard, MaxErrorRetry = 1 };
        if (options.DynamoDbEndpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = options.Region ?? AnyRegion;
        }
        else if (options.Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        return new AmazonDynamoDBClient(config);
    }
}
