using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OnlineCompiler.SessionService.Sessions;

/// <summary>
/// Who shared a snapshot, as it is kept: a hash of their delete token, so that nobody who reads the store can take back what others shared.
/// The same program is one snapshot, however many share it, so each of them holds it for themselves.
/// </summary>
internal static class SnapshotHolder
{
    public static string? Of(string deleteToken) =>
        deleteToken.Length == 0 ? null : Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(deleteToken)));
}
