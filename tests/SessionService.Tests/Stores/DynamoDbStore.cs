using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.DocumentModel;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using OnlineCompiler.SessionService.Storage.DynamoDb;

namespace OnlineCompiler.SessionService.Tests.Stores;

/// <summary>
/// A server that speaks DynamoDB, with a table as the deployment makes it. It never removes what has expired, which DynamoDB takes its
/// time for, too.
/// </summary>
public sealed class DynamoDbStore : IRunningStore, IAsyncLifetime
{
    public const string Table = "sessions-of-tests";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly int _port = FreePort.Next();
    private readonly AmazonDynamoDBClient _client;
    private Process? _process;

    public DynamoDbStore()
    {
        // Where the service looks for them first; the server takes any.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "tests");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "tests");
        _client = new AmazonDynamoDBClient(
            new BasicAWSCredentials("tests", "tests"),
            new AmazonDynamoDBConfig { ServiceURL = Address.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
    }

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public IReadOnlyDictionary<string, string> Settings => SettingsFor(Address);

    public static IReadOnlyDictionary<string, string> SettingsFor(Uri address) => new Dictionary<string, string>
    {
        ["Sessions:Store"] = "DynamoDb",
        ["Sessions:Table"] = Table,
        ["Sessions:DynamoDbEndpoint"] = address.ToString(),
    };

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Starts it, empty.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("node", [ServerScript(), _port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true })!;
        await WaitFor.TrueAsync(AnswersAsync, StartTimeout);
        await _client.CreateTableAsync(TableRequest());
    }

    public void Stop()
    {
        if (_process is null)
            return;

        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>The item or a part of it.</summary>
    public async Task<bool> IsKeptAsync(Kept kind, string id) => (await KeysAsync(KeyOf(kind, id))).Count > 0;

    public async Task<TimeSpan> LeftAsync(Kept kind, string id)
    {
        var item = (await _client.GetItemAsync(Table, Key(kind, id), true)).Item;
        if (!item.TryGetValue("expiresAtMs", out var expiry))
        {
            Assert.DoesNotContain(TableNames.ExpiresAt, item.Keys);
            return TimeSpan.MaxValue;
        }

        var expiresAtMs = long.Parse(expiry.N, CultureInfo.InvariantCulture);
        // DynamoDB removes by this one.
        Assert.Equal((expiresAtMs + 999) / 1000, long.Parse(item[TableNames.ExpiresAt].N, CultureInfo.InvariantCulture));
        return DateTimeOffset.FromUnixTimeMilliseconds(expiresAtMs) - DateTimeOffset.UtcNow;
    }

    public Task LeaveAsync(Kept kind, string id, TimeSpan left)
    {
        var expiresAtMs = DateTimeOffset.UtcNow.Add(left).ToUnixTimeMilliseconds();
        return _client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = Table,
            Key = Key(kind, id),
            UpdateExpression = "SET expiresAtMs = :ms, expiresAt = :s",
            ExpressionAttributeValues = new() { [":ms"] = new() { N = $"{expiresAtMs}" }, [":s"] = new() { N = $"{(expiresAtMs + 999) / 1000}" } },
        });
    }

    public async Task PutInPlaceOfAsync(string snapshot, string other)
    {
        var item = (await _client.GetItemAsync(Table, Key(Kept.Snapshot, other), true)).Item;
        item[TableNames.Key] = Key(Kept.Snapshot, snapshot)[TableNames.Key];
        await _client.PutItemAsync(Table, item);
    }

    public Task ForgetHoldersAsync(string snapshot) => _client.UpdateItemAsync(
        new UpdateItemRequest { TableName = Table, Key = Key(Kept.Snapshot, snapshot), UpdateExpression = "REMOVE holders, revision" });

    /// <summary>As if so many others shared the snapshot as well.</summary>
    public async Task AddHoldersAsync(string snapshot, int count, DateTimeOffset until)
    {
        var item = (await _client.GetItemAsync(Table, Key(Kept.Snapshot, snapshot), true)).Item;
        for (var number = 0; number < count; number++)
            item["holders"].M[Guid.NewGuid().ToString("N")] = new() { N = $"{until.ToUnixTimeMilliseconds()}" };
        await _client.PutItemAsync(Table, item);
    }

    public async Task<string> TextOfAsync(Kept kind, string id) =>
        Document.FromAttributeMap((await _client.GetItemAsync(Table, Key(kind, id), true)).Item).ToJson();

    /// <summary>Keys of all items that begin so: an item and its parts.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(string beginning)
    {
        var keys = new List<string>();
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var page = await _client.ScanAsync(new ScanRequest { TableName = Table, ExclusiveStartKey = start, ProjectionExpression = TableNames.Key });
            keys.AddRange((page.Items ?? []).Select(item => item[TableNames.Key].S));
            start = page.LastEvaluatedKey;
        }
        while (start is { Count: > 0 });
        return [.. keys.Where(key => key.StartsWith(beginning, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    public async Task<Dictionary<string, AttributeValue>> ItemAsync(string key) =>
        (await _client.GetItemAsync(Table, new() { [TableNames.Key] = new() { S = key } }, true)).Item;

    public Task SetAsync(string key, string attribute, long value) => _client.UpdateItemAsync(new UpdateItemRequest
    {
        TableName = Table,
        Key = new() { [TableNames.Key] = new() { S = key } },
        UpdateExpression = "SET #a = :v",
        ExpressionAttributeNames = new() { ["#a"] = attribute },
        ExpressionAttributeValues = new() { [":v"] = new() { N = $"{value}" } },
    });

    public ValueTask DisposeAsync()
    {
        Stop();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CreateTableRequest TableRequest() => new()
    {
        TableName = Table,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        AttributeDefinitions = [.. new[] { TableNames.Key, TableNames.Owner, TableNames.SavedAt }.Select(name => new AttributeDefinition(name, ScalarAttributeType.S))],
        KeySchema = [new KeySchemaElement(TableNames.Key, KeyType.HASH)],
        GlobalSecondaryIndexes =
        [
            new GlobalSecondaryIndex
            {
                IndexName = TableNames.OwnerIndex,
                KeySchema = [new KeySchemaElement(TableNames.Owner, KeyType.HASH), new KeySchemaElement(TableNames.SavedAt, KeyType.RANGE)],
                Projection = new Projection { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = [.. TableNames.Listed] },
            },
        ],
    };

    private static Dictionary<string, AttributeValue> Key(Kept kind, string id) => new() { [TableNames.Key] = new() { S = KeyOf(kind, id) } };

    private static string KeyOf(Kept kind, string id) => kind switch
    {
        Kept.Session => id,
        Kept.Snapshot => $"snapshot:{id}",
        _ => $"history:{id}",
    };

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await _client.ListTablesAsync();
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or AmazonClientException)
        {
            return false;
        }
    }

    private static string ServerScript()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "OnlineCompiler.sln")))
            directory = Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("The checkout is not above the tests.");
        return Path.Combine(directory, "tests", "SessionService.Tests", "Stores", "dynamodb-server", "server.cjs");
    }
}
