using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.Gateway.Security;

/// <summary>Ends calls over HTTP/2 whose answer is not taken as fast as <see cref="ConnectionLimits"/> ask for.</summary>
/// <remarks>
/// Kestrel measures that, too, but only until the next write of an answer that waits: one of many small pieces leaves room for such
/// a write, and from then on its client may wait as long as it likes. So here every write has a time of its own.
/// </remarks>
internal static class TakenAnswers
{
    public static void UseTakenAnswers(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<IOptions<ConnectionLimits>>().Value;
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use(next => context =>
        {
            if (HttpProtocol.IsHttp2(context.Request.Protocol))
                context.Features.Set<IHttpResponseBodyFeature>(new TimedBody(context, context.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), limits, time));
            return next(context);
        });
    }

    private sealed class TimedBody(HttpContext context, IHttpResponseBodyFeature body, ConnectionLimits limits, TimeProvider time) : IHttpResponseBodyFeature
    {
        private TimedWriter? _writer;
        private Stream? _stream;

        public PipeWriter Writer => _writer ??= new TimedWriter(context, body.Writer, limits, time);

        public Stream Stream => _stream ??= Writer.AsStream();

        public void DisableBuffering() => body.DisableBuffering();

        public Task StartAsync(CancellationToken cancellationToken = default) => body.StartAsync(cancellationToken);

        public Task CompleteAsync() => body.CompleteAsync();

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);
    }

    private sealed class TimedWriter(HttpContext context, PipeWriter writer, ConnectionLimits limits, TimeProvider time) : PipeWriter
    {
        private long _bytes;

        public override bool CanGetUnflushedBytes => writer.CanGetUnflushedBytes;

        public override long UnflushedBytes => writer.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => writer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => writer.GetSpan(sizeHint);

        public override void Advance(int bytes)
        {
            writer.Advance(bytes);
            _bytes += bytes;
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            AwaitTakenAsync(writer.FlushAsync(cancellationToken));

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            _bytes += source.Length;
            return AwaitTakenAsync(writer.WriteAsync(source, cancellationToken));
        }

        public override void CancelPendingFlush() => writer.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => writer.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => writer.CompleteAsync(exception);

        private ValueTask<FlushResult> AwaitTakenAsync(ValueTask<FlushResult> flush)
        {
            var bytes = _bytes;
            _bytes = 0;
            return flush.IsCompleted ? flush : AwaitTakenAsync(flush, bytes);
        }

        private async ValueTask<FlushResult> AwaitTakenAsync(ValueTask<FlushResult> flush, long bytes)
        {
            var patience = TimeSpan.FromSeconds(limits.GraceSeconds + ((double)bytes / limits.MinResponseBytesPerSecond));
            await using var end = time.CreateTimer(_ => context.Abort(), null, patience, Timeout.InfiniteTimeSpan);
            return await flush;
        }
    }
}
