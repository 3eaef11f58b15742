using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Network;

/// <summary>Logs in CloudWatch: encrypted with the environment's key, and kept for as long as the environment says.</summary>
internal static class LogGroups
{
    public static LogGroup Create(Stack stack, string id, DeployEnvironment environment, IKey key, string? name = null) => new(stack, id, new LogGroupProps
    {
        LogGroupName = name,
        EncryptionKey = key,
        Retention = RetentionOf(environment.LogRetentionDays),
        RemovalPolicy = RemovalPolicy.DESTROY,
    });

    private static RetentionDays RetentionOf(int days) => days switch
    {
        1 => RetentionDays.ONE_DAY,
        3 => RetentionDays.THREE_DAYS,
        5 => RetentionDays.FIVE_DAYS,
        7 => RetentionDays.ONE_WEEK,
        14 => RetentionDays.TWO_WEEKS,
        30 => RetentionDays.ONE_MONTH,
        60 => RetentionDays.TWO_MONTHS,
        90 => RetentionDays.THREE_MONTHS,
        120 => RetentionDays.FOUR_MONTHS,
        150 => RetentionDays.FIVE_MONTHS,
        180 => RetentionDays.SIX_MONTHS,
        365 => RetentionDays.ONE_YEAR,
        _ => throw new InvalidOperationException($"CloudWatch keeps no logs for {days} days."),
    };
}
