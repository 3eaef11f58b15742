using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace OnlineCompiler.AppHost.Standalone.Variables;

/// <summary>Hides passwords, keys and tokens: those that we know, and what looks like one by its name.</summary>
internal sealed partial class SecretMask(IEnumerable<IResource> resources)
{
    public const string Mask = "••••••";

    private readonly string[] _known =
    [
        .. resources
            .Select(resource => resource is RedisResource redis ? redis.PasswordParameter : resource as ParameterResource)
            .OfType<ParameterResource>()
            .Where(parameter => parameter.Secret && parameter.Text.Length > 0)
            .Select(parameter => parameter.Text),
    ];

    public string Hide(string name, string value)
    {
        if (value.Length == 0)
            return value;
        if (SecretName().IsMatch(name))
            return Mask;

        foreach (var secret in _known)
            value = value.Replace(secret, Mask, StringComparison.Ordinal);
        value = SecretPart().Replace(value, match => match.Groups["name"].Value + Mask);
        return UserInfo().Replace(value, match => $"{match.Groups["before"].Value}{Mask}@");
    }

    [GeneratedRegex("KEY|SECRET|TOKEN|PASSWORD|PASSWD|PWD|CREDENTIAL", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("""(?<name>\b[\w-]*(password|pwd|secret|token|key)\s*=\s*)[^;,&\s]+""", RegexOptions.IgnoreCase)]
    private static partial Regex SecretPart();

    [GeneratedRegex("(?<before>://[^/@:\\s]*:)[^/@\\s]+@")]
    private static partial Regex UserInfo();
}
