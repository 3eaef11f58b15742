using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2.Model;

namespace OnlineCompiler.SessionService.Storage.DynamoDb;

/// <summary>Values of DynamoDB, and names in its expressions.</summary>
internal static partial class Attributes
{
    public static AttributeValue Text(string value) => new() { S = value };

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Number(ulong value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Bytes(byte[] value) => new() { B = new MemoryStream(value) };

    /// <summary>The key of one item.</summary>
    public static Dictionary<string, AttributeValue> KeyOf(string key) => new() { [TableNames.Key] = Text(key) };

    /// <summary>Many names are words of its language: expressions say <c>#owner</c>, and this says that <c>#owner</c> is "owner".</summary>
    public static Dictionary<string, string> NamesIn(params IEnumerable<string> expressions) =>
        expressions.SelectMany(expression => Placeholder().Matches(expression)).Select(match => match.Value).Distinct()
            .ToDictionary(name => name, name => name[1..]);

    public static string TextOf(this IReadOnlyDictionary<string, AttributeValue> item, string name) => item[name].S;

    public static long NumberOf(this IReadOnlyDictionary<string, AttributeValue> item, string name) =>
        long.Parse(item[name].N, CultureInfo.InvariantCulture);

    public static long? FindNumber(this IReadOnlyDictionary<string, AttributeValue> item, string name) =>
        item.ContainsKey(name) ? item.NumberOf(name) : null;

    public static DateTimeOffset TimeOf(this IReadOnlyDictionary<string, AttributeValue> item, string name) =>
        DateTimeOffset.FromUnixTimeMilliseconds(item.NumberOf(name));

    /// <summary>Whole seconds, rounded up: DynamoDB never removes an item before its time.</summary>
    public static AttributeValue Seconds(long milliseconds) => Number((milliseconds + 999) / 1000);

    /// <summary>Until when an item lives: to the millisecond for us, and for DynamoDB to remove it.</summary>
    /// <param name="values">Of the item, or of an expression.</param>
    /// <param name="expiresAt">When.</param>
    /// <param name="prefix">":" in an expression.</param>
    public static Dictionary<string, AttributeValue> AddExpiry(Dictionary<string, AttributeValue> values, DateTimeOffset expiresAt, string prefix)
    {
        values[prefix + "expiresAtMs"] = Number(expiresAt.ToUnixTimeMilliseconds());
        values[prefix + TableNames.ExpiresAt] = Seconds(expiresAt.ToUnixTimeMilliseconds());
        return values;
    }

    [GeneratedRegex("#[A-Za-z]+")]
    private static partial Regex Placeholder();
}
