using System.Diagnostics.CodeAnalysis;

namespace OnlineCompiler.Gateway.Problems;

/// <summary>Collects what is wrong with a request, so that one answer names all of it.</summary>
internal sealed class FieldErrors
{
    private const string RequiredMessage = "Required.";
    private readonly string _prefix;
    private readonly Dictionary<string, List<string>> _messages;

    /// <param name="prefix">Put before each field, e.g. "execution." when the body is part of a frame.</param>
    public FieldErrors(string prefix = "")
        : this(prefix, [])
    {
    }

    private FieldErrors(string prefix, Dictionary<string, List<string>> messages) => (_prefix, _messages) = (prefix, messages);

    /// <summary>The same errors; what is added here is about members of the object in <paramref name="field"/>.</summary>
    public FieldErrors Of(string field) => new($"{_prefix}{field}.", _messages);

    public void Add(string field, string message)
    {
        if (!_messages.TryGetValue(_prefix + field, out var messages))
            _messages[_prefix + field] = messages = [];
        messages.Add(message);
    }

    public void Require([NotNull] string? value, string field)
    {
        if (string.IsNullOrEmpty(value))
            Add(field, RequiredMessage);
        value ??= "";
    }

    /// <returns>The values without nulls; each null is an error of its own.</returns>
    public IEnumerable<T> Elements<T>(IReadOnlyList<T?>? values, string field)
        where T : class
    {
        for (var i = 0; i < (values?.Count ?? 0); i++)
        {
            if (values![i] is { } value)
                yield return value;
            else
                Add($"{field}[{i}]", "Must not be null.");
        }
    }

    public void RequireSome<T>(IReadOnlyCollection<T>? values, string field, string message)
    {
        if (values is null or { Count: 0 })
            Add(field, values is null ? RequiredMessage : message);
    }

    /// <exception cref="ProblemException">Anything was added.</exception>
    public void ThrowIfAny()
    {
        if (_messages.Count > 0)
            throw new ProblemException(ProblemKind.InvalidRequest.Problem(_messages.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray())));
    }
}
