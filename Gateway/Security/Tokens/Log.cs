namespace OnlineCompiler.Gateway.Security.Tokens;

internal static partial class Log
{
    [LoggerMessage(EventId = 1202, Level = LogLevel.Warning, Message = "The keys of the issuer {Authority} cannot be read.")]
    public static partial void IssuerUnreachable(this ILogger logger, Exception exception, string authority);
}
