namespace Dressora.Web.Pictures;

/// <summary>
/// The other side of the pipe: this program, started by itself with the verb <c>darkroom</c>. It knows no settings, no
/// data and no keys; it does one order after the other until its input ends.
/// </summary>
public static class DarkroomChild
{
    public const string Verb = "darkroom";

    public static async Task RunAsync()
    {
        await using var from = Console.OpenStandardInput();
        await using var to = Console.OpenStandardOutput();
        try
        {
            var (limits, _) = await Wire.ReadAsync(from, WireJson.Default.PictureLimits, 0);
            var hello = new Hello(VipsLibrary.IsThere);
            ChildLimits.Take(limits);
            await Wire.WriteAsync(to, hello, WireJson.Default.Hello, []);
            while (true)
                await WorkAsync(from, to, limits);
        }
        catch (IOException)
        {
            // The pipe is closed: whoever started it needs it no more.
        }
    }

    private static async Task WorkAsync(Stream from, Stream to, PictureLimits limits)
    {
        var (order, blobs) = await Wire.ReadAsync(from, WireJson.Default.Order, limits.AnswerBytesMax);
        // For the day on which nobody is left to end it.
        await using (new Timer(_ => ChildLimits.Exit(1), null, limits.TimeMax * 2, Timeout.InfiniteTimeSpan))
        {
            var delivery = await DoAsync(order with { Limits = limits }, blobs);
            await Wire.WriteAsync(
                to, delivery, WireJson.Default.Delivery, [.. delivery.Blobs.Select(blob => new ReadOnlyMemory<byte>(blob))]);
        }

        ChildLimits.GiveBack();
    }

    private static async Task<Delivery> DoAsync(Order order, byte[][] blobs)
    {
        if (order.Path is null)
            return Enlarger.Work(order, blobs is [var only] ? only : []);
        return await PictureFile.ReadAsync(order.Path, order.Limits.BytesMax) is { } bytes
            ? Enlarger.Work(order, bytes)
            : Delivery.Refused(PictureFault.TooManyBytes);
    }
}
