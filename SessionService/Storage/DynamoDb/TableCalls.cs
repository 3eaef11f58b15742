using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Options;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Storage.DynamoDb;

/// <summary>
/// Every call of the table: with a span, never for long, and with what means "not now" as <see cref="SessionStoreUnavailableException"/>.
/// The SDK repeats what failed on the way once; all that is written here may be written twice without being more.
/// </summary>
internal sealed class TableCalls(IAmazonDynamoDB client, IOptions<SessionStoreOptions> options)
{
    /// <summary>Of one call and its repetition together.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(3);

    private static readonly ActivitySource Source = new("OnlineCompiler.SessionService.DynamoDb");

    private readonly string _table = options.Value.Table;

    /// <summary>Null when there is no such item. Sees every write that was answered before.</summary>
    public async Task<Dictionary<string, AttributeValue>?> GetAsync(string key, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = _table, Key = Attributes.KeyOf(key), ConsistentRead = true };
        var response = await CallAsync("GetItem", token => client.GetItemAsync(request, token), cancellationToken);
        return response.IsItemSet ? response.Item : null;
    }

    public Task PutAsync(Dictionary<string, AttributeValue> item, CancellationToken cancellationToken) =>
        TryPutAsync(item, null, [], cancellationToken);

    /// <summary>False when the condition does not hold.</summary>
    public async Task<bool> TryPutAsync(
        Dictionary<string, AttributeValue> item, string? condition, Dictionary<string, AttributeValue> values, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest
        {
            TableName = _table,
            Item = item,
            ConditionExpression = condition,
            ExpressionAttributeNames = condition is null ? null : Attributes.NamesIn(condition),
            ExpressionAttributeValues = values.Count == 0 ? null : values,
        };
        return await TryAsync("PutItem", token => client.PutItemAsync(request, token), cancellationToken) is not null;
    }

    /// <summary>The item as <paramref name="returned"/> says; null when the condition does not hold.</summary>
    public async Task<Dictionary<string, AttributeValue>?> TryUpdateAsync(
        string key, string update, string condition, Dictionary<string, AttributeValue> values, ReturnValue returned, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest
        {
            TableName = _table,
            Key = Attributes.KeyOf(key),
            UpdateExpression = update,
            ConditionExpression = condition,
            ExpressionAttributeNames = Attributes.NamesIn(update, condition),
            ExpressionAttributeValues = values.Count == 0 ? null : values,
            ReturnValues = returned,
        };
        var response = await TryAsync("UpdateItem", token => client.UpdateItemAsync(request, token), cancellationToken);
        return response is null ? null : response.Attributes ?? [];
    }

    /// <summary>The item that was removed; null when there was none, or the condition does not hold.</summary>
    public async Task<Dictionary<string, AttributeValue>?> TryDeleteAsync(
        string key, string? condition, Dictionary<string, AttributeValue> values, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = _table,
            Key = Attributes.KeyOf(key),
            ConditionExpression = condition,
            ExpressionAttributeNames = condition is null ? null : Attributes.NamesIn(condition),
            ExpressionAttributeValues = values.Count == 0 ? null : values,
            ReturnValues = ReturnValue.ALL_OLD,
        };
        return (await TryAsync("DeleteItem", token => client.DeleteItemAsync(request, token), cancellationToken))?.Attributes;
    }

    public Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        request.TableName = _table;
        return CallAsync("Query", token => client.QueryAsync(request, token), cancellationToken);
    }

    private async Task<T?> TryAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await CallAsync(operation, call, cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
    }

    private async Task<T> CallAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var activity = Source.StartActivity($"{operation} {_table}", ActivityKind.Client);
        activity?.SetTag("db.system.name", "aws.dynamodb").SetTag("db.operation.name", operation).SetTag("db.collection.name", _table);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(CallTimeout);
        try
        {
            return await call(patience.Token);
        }
        catch (Exception exception) when (MeansNotNow(exception) && !cancellationToken.IsCancellationRequested)
        {
            activity?.SetTag("error.type", (exception as AmazonServiceException)?.ErrorCode ?? exception.GetType().Name).SetStatus(ActivityStatusCode.Error);
            throw new SessionStoreUnavailableException(exception);
        }
    }

    /// <summary>
    /// All but what we ourselves have asked wrongly: throttled, away, a table that is not there yet, credentials that are not valid just
    /// now. None of it is the caller's doing, and readiness and the log tell the operator which it is.
    /// </summary>
    private static bool MeansNotNow(Exception exception) => exception switch
    {
        ConditionalCheckFailedException => false,
        AmazonServiceException { ErrorCode: "ValidationException" or "SerializationException" } => false,
        AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };
}
