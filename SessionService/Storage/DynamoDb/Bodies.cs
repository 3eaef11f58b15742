using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Storage.DynamoDb;

/// <summary>
/// Where the content of an item is: in it, or in parts beside it. Each writing of a content has an id of its own, under which its parts
/// lie; they are written before the item that names them and are never changed. So who reads that item reads one content whole, or
/// finds a part gone because another content has replaced it, and reads anew.
/// </summary>
/// <param name="Id">Random.</param>
/// <param name="Inline">The content, compressed, when it is in the item.</param>
/// <param name="Parts">How many parts there are; 0 when it is in the item.</param>
/// <param name="PartsExpireAtMs">Until when the parts are kept at least; null when for good, or there are none.</param>
internal sealed record Body(string Id, byte[]? Inline, int Parts, long? PartsExpireAtMs)
{
    private const string IdName = "bodyId";
    private const string InlineName = "body";
    private const string PartsName = "parts";
    private const string PartsExpireAtName = "partsExpireAtMs";

    /// <summary>For an update of the item that names this content; <see cref="AddValues"/> has the values.</summary>
    public string Assignments => $"#{IdName} = :{IdName}"
        + (Inline is null ? $", #{PartsName} = :{PartsName}" : $", #{InlineName} = :{InlineName}")
        + (PartsExpireAtMs is null ? "" : $", #{PartsExpireAtName} = :{PartsExpireAtName}");

    /// <summary>What such an update takes away.</summary>
    public string Removals => (Inline is null ? $"#{InlineName}" : $"#{PartsName}") + (PartsExpireAtMs is null ? $", #{PartsExpireAtName}" : "");

    public const string IsUnchanged = $"#{IdName} = :{IdName}";

    /// <summary>Names of the attributes as values of an expression (with ":") or of an item (without).</summary>
    public Dictionary<string, AttributeValue> AddValues(Dictionary<string, AttributeValue> values, string prefix)
    {
        values[prefix + IdName] = Attributes.Text(Id);
        if (Inline is null)
            values[prefix + PartsName] = Attributes.Number(Parts);
        else
            values[prefix + InlineName] = Attributes.Bytes(Inline);
        if (PartsExpireAtMs is { } expiry)
            values[prefix + PartsExpireAtName] = Attributes.Number(expiry);
        return values;
    }

    public static Body Of(IReadOnlyDictionary<string, AttributeValue> item) => new(
        item.TextOf(IdName),
        item.TryGetValue(InlineName, out var inline) ? inline.B.ToArray() : null,
        (int)(item.FindNumber(PartsName) ?? 0),
        item.FindNumber(PartsExpireAtName));
}

/// <summary>Writes, reads and removes contents of any size that SessionService takes; see <see cref="Body"/>.</summary>
internal sealed class Bodies(TableCalls table, ILogger<Bodies> logger)
{
    /// <summary>Compressed. Each reading of a session writes its item, which costs by its size: what is larger has its own.</summary>
    private const int MaxInlineBytes = 4 * 1024;

    /// <summary>DynamoDB takes 400 KiB, names included.</summary>
    private const int PartBytes = 380 * 1024;

    private const string Content = "content";

    /// <summary>A quick one: programs are small, and compress well.</summary>
    private const int Quality = 4;
    private const int Window = 22;

    /// <param name="key">Of the item that will name it.</param>
    /// <param name="content">What to keep.</param>
    /// <param name="expiresAtMs">Until when at least; null: for good.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Body> WriteAsync(string key, byte[] content, long? expiresAtMs, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));
        var compressed = Compress(content);
        if (compressed.Length <= MaxInlineBytes)
            return new Body(id, compressed, 0, null);

        var parts = compressed.Chunk(PartBytes).ToList();
        await Task.WhenAll(parts.Index().Select(part =>
        {
            var item = Attributes.KeyOf(PartKey(key, id, part.Index));
            item[Content] = Attributes.Bytes(part.Item);
            if (expiresAtMs is { } expiry)
                item[TableNames.ExpiresAt] = Attributes.Seconds(expiry);
            return table.PutAsync(item, cancellationToken);
        }));
        return new Body(id, null, parts.Count, expiresAtMs);
    }

    /// <summary>Null when a part is gone.</summary>
    public async Task<byte[]?> ReadAsync(string key, Body body, CancellationToken cancellationToken)
    {
        if (body.Inline is not null)
            return Decompress(new MemoryStream(body.Inline));

        var parts = await Task.WhenAll(PartKeys(key, body).Select(part => table.GetAsync(part, cancellationToken)));
        if (parts.Any(part => part is null))
            return null;

        var compressed = new MemoryStream();
        foreach (var part in parts.OfType<Dictionary<string, AttributeValue>>())
            part[Content].B.WriteTo(compressed);
        compressed.Position = 0;
        return Decompress(compressed);
    }

    /// <summary>Keeps the parts longer, never shorter, who else may extend them at the same time; null when one is gone.</summary>
    /// <param name="key">Of the item that names it.</param>
    /// <param name="body">What to keep.</param>
    /// <param name="expiresAtMs">Until when at least; null: for good.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Body?> ExtendAsync(string key, Body body, long? expiresAtMs, CancellationToken cancellationToken)
    {
        if (body.Parts == 0)
            return body;

        var extended = await Task.WhenAll(PartKeys(key, body).Select(part => ExtendPartAsync(part, expiresAtMs, cancellationToken)));
        return extended.All(isThere => isThere) ? body with { PartsExpireAtMs = expiresAtMs } : null;
    }

    /// <summary>Nobody names these parts any more; what cannot be removed now goes when its time has passed.</summary>
    public async Task ForgetAsync(string key, Body body)
    {
        try
        {
            // Not the caller's time: what it asked for is done.
            await Task.WhenAll(PartKeys(key, body).Select(part => table.TryDeleteAsync(part, null, [], CancellationToken.None)));
        }
        catch (SessionStoreUnavailableException exception)
        {
            logger.PartsLeftBehind(exception);
        }
    }

    /// <summary>False when it is gone.</summary>
    private async Task<bool> ExtendPartAsync(string part, long? expiresAtMs, CancellationToken cancellationToken)
    {
        const string isThere = $"attribute_exists(#{TableNames.Key})";
        if (expiresAtMs is not { } expiry)
            return await table.TryUpdateAsync(part, $"REMOVE #{TableNames.ExpiresAt}", isThere, [], ReturnValue.NONE, cancellationToken) is not null;

        var values = new Dictionary<string, AttributeValue> { [":expiresAt"] = Attributes.Seconds(expiry) };
        var longer = await table.TryUpdateAsync(
            part, $"SET #{TableNames.ExpiresAt} = :expiresAt", $"{isThere} AND #{TableNames.ExpiresAt} < :expiresAt", values, ReturnValue.NONE, cancellationToken);
        return longer is not null || await table.GetAsync(part, cancellationToken) is not null;
    }

    private static IEnumerable<string> PartKeys(string key, Body body) =>
        Enumerable.Range(0, body.Parts).Select(number => PartKey(key, body.Id, number));

    private static string PartKey(string key, string id, int number) => string.Create(CultureInfo.InvariantCulture, $"{key}:{id}:{number}");

    private static byte[] Compress(byte[] content)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, compressed, out var length, Quality, Window)
            ? compressed[..length]
            : throw new InvalidOperationException("Brotli needs more room than it says.");
    }

    private static byte[] Decompress(MemoryStream compressed)
    {
        using var brotli = new BrotliStream(compressed, CompressionMode.Decompress);
        var content = new MemoryStream();
        brotli.CopyTo(content);
        return content.ToArray();
    }
}
