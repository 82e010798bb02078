using System.Buffers;
using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Dressora.Web.Api;

/// <summary>A file as it goes out: our type, our name, our tag.</summary>
internal sealed record MediaFile(string Type, long Bytes, string Tag, string Name, bool IsAttached);

/// <summary>Sends a file or a part of it, in pieces, so that its size costs no memory.</summary>
internal static class MediaAnswer
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Answers 304 when the asker has it.</summary>
    internal static bool IsKnown(HttpContext context, string tag)
    {
        var asked = context.Request.GetTypedHeaders().IfNoneMatch;
        var mine = new EntityTagHeaderValue(tag);
        context.Response.Headers.ETag = tag;
        if (!asked.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(mine, useStrongComparison: false)))
            return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    internal static async Task SendAsync(HttpContext context, MediaFile file, Func<long, long, Task<Stream>> open)
    {
        if (IsKnown(context, file.Tag))
            return;
        var response = context.Response;
        response.Headers.AcceptRanges = "bytes";
        var range = RangeIn(context.Request, file);
        if (range is { IsPossible: false })
        {
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Bytes}");
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            return;
        }

        var (from, count) = range is null ? (0, file.Bytes) : (range.Value.From, range.Value.Count);
        var isHead = HttpMethods.IsHead(context.Request.Method);
        await using var content = isHead ? Stream.Null : await open(from, count);
        if (range is not null)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{from + count - 1}/{file.Bytes}");
        }

        var attached = file.IsAttached || context.Request.Query.ContainsKey("download");
        response.ContentType = file.Type;
        response.ContentLength = count;
        response.Headers.ContentDisposition = $"{(attached ? "attachment" : "inline")}; filename=\"{file.Name}\"";
        if (!isHead)
            await CopyAsync(content, response.Body, count, context.RequestAborted);
    }

    /// <summary>One range, or none: several at once are answered with the whole, as a server may.</summary>
    private static (bool IsPossible, long From, long Count)? RangeIn(HttpRequest request, MediaFile file)
    {
        var headers = request.GetTypedHeaders();
        if (headers.Range is not { Ranges: { Count: 1 } ranges } asked || asked.Unit != "bytes")
            return null;
        if (headers.IfRange is { } condition
            && (condition.EntityTag is not { } tag || !tag.Compare(new EntityTagHeaderValue(file.Tag), useStrongComparison: true)))
            return null;
        var one = ranges.First();
        var from = one.From ?? Math.Max(0, file.Bytes - one.To!.Value);
        var to = one.From is null || one.To is null ? file.Bytes - 1 : Math.Min(one.To.Value, file.Bytes - 1);
        return from < file.Bytes && from <= to ? (true, from, to - from + 1) : (false, 0, 0);
    }

    private static async Task CopyAsync(Stream from, Stream to, long count, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(BufferBytes, count));
        try
        {
            while (count > 0)
            {
                var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), cancel);
                // Fewer bytes than the row says: the connection is cut, so that nobody keeps half a file as a whole one.
                if (read == 0)
                    throw new EndOfStreamException("The store gave fewer bytes than were put.");
                await to.WriteAsync(buffer.AsMemory(0, read), cancel);
                count -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
