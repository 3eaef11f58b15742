using Amazon.CDK;
using Amazon.CDK.AWS.Backup;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.KMS;
using Schedule = Amazon.CDK.AWS.Events.Schedule;

namespace OnlineCompiler.Deploy.Data;

/// <summary>Saved programs in DynamoDB: forgotten by their time to live, found by their owner, restorable to any second of the last 35 days.</summary>
internal static class SessionTable
{
    public const string Name = "compiler-sessions";
    public const string Key = "sessionId";
    public const string TimeToLive = "expiresAt";
    public const string OwnerIndex = "byOwner";

    /// <summary>What a list shows. More in the index would be written twice with each save, and paid for.</summary>
    private static readonly string[] Listed = ["version", "title", "language", "entryPoint", "createdAtMs", "savedAtMs", "expiresAtMs"];
    private const int BackupDays = 35;

    public static Table Create(Stack stack, IKey key)
    {
        var table = new Table(stack, "sessions", new TableProps
        {
            TableName = Name,
            PartitionKey = new Amazon.CDK.AWS.DynamoDB.Attribute { Name = Key, Type = AttributeType.STRING },
            TimeToLiveAttribute = TimeToLive,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            Encryption = TableEncryption.CUSTOMER_MANAGED,
            EncryptionKey = key,
            PointInTimeRecovery = true,
            DeletionProtection = true,
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
        table.AddGlobalSecondaryIndex(new GlobalSecondaryIndexProps
        {
            IndexName = OwnerIndex,
            PartitionKey = new Amazon.CDK.AWS.DynamoDB.Attribute { Name = "owner", Type = AttributeType.STRING },
            SortKey = new Amazon.CDK.AWS.DynamoDB.Attribute { Name = "savedAt", Type = AttributeType.STRING },
            ProjectionType = ProjectionType.INCLUDE,
            NonKeyAttributes = Listed,
        });
        BackUp(stack, table, key);
        return table;
    }

    private static void BackUp(Stack stack, Table table, IKey key)
    {
        var plan = new BackupPlan(stack, "backups", new BackupPlanProps
        {
            BackupVault = new BackupVault(stack, "vault", new BackupVaultProps { EncryptionKey = key, RemovalPolicy = RemovalPolicy.RETAIN }),
        });
        plan.AddRule(new BackupPlanRule(new BackupPlanRuleProps
        {
            RuleName = "nightly",
            ScheduleExpression = Schedule.Cron(new CronOptions { Hour = "3", Minute = "0" }),
            DeleteAfter = Duration.Days(BackupDays),
        }));
        plan.AddSelection("sessions", new BackupSelectionOptions { Resources = [BackupResource.FromDynamoDbTable(table)] });
        plan.Accept("AwsSolutions-IAM4", "AWS' own policy for its backups is what it says may be backed up, and changes with it.");
    }
}
