namespace Dressora.Web.Pictures;

/// <summary>Does an order with libvips, in the process where it is called: the child's, or ours where no child can run.</summary>
internal static unsafe class Enlarger
{
    /// <summary>A side of no consequence: libvips wants both.</summary>
    private const int Boundless = 10_000_000;

    internal static Delivery Work(Order order, byte[] bytes)
    {
        if (!VipsLibrary.IsThere)
            return Delivery.Refused(PictureFault.NoLibrary);
        try
        {
            return order.Kind == OrderKind.Fix ? Fix(order, bytes) : Read(order, bytes);
        }
        catch (VipsException e)
        {
            return Delivery.Refused(e.IsOutOfMemory ? PictureFault.TooBig : PictureFault.Broken);
        }
        catch (OutOfMemoryException)
        {
            return Delivery.Refused(PictureFault.TooBig);
        }
    }

    private static Delivery Read(Order order, byte[] bytes)
    {
        if (bytes.Length == 0)
            return Delivery.Refused(PictureFault.Empty);
        if (bytes.Length > order.Limits.BytesMax)
            return Delivery.Refused(PictureFault.TooManyBytes);
        if (Header.Read(bytes) is not { } header)
            return Delivery.Refused(PictureFault.NotAPicture);
        if (Fault(header, order.Limits) is { } fault)
            return Delivery.Refused(fault);
        fixed (byte* data = bytes)
        {
            var blob = LibVips.NewBlob(0, data, (nuint)bytes.Length);
            try
            {
                return Read(order, new Negative(header.Kind, blob));
            }
            finally
            {
                LibVips.UnrefBlob(blob);
            }
        }
    }

    /// <summary>The library's own reading of the header counts as much as ours.</summary>
    private static Delivery Read(Order order, Negative negative)
    {
        var (width, height, isMoving) = negative.Measure();
        var header = new Header(negative.Kind) { Width = width, Height = height, IsMoving = isMoving };
        if (Fault(header, order.Limits) is { } fault)
            return Delivery.Refused(fault);
        var delivery = new Delivery { Kind = negative.Kind, Width = width, Height = height };
        switch (order.Kind)
        {
            case OrderKind.Develop when order.Prints.Count > 0:
                using (var largest = negative.Develop(order.Prints.Max(print => print.WidthMax ?? Boundless), Boundless))
                    return Prints(delivery, largest, order.Prints);
            case OrderKind.Expose:
                using (var pixels = negative.Develop(order.WidthMax, order.HeightMax))
                {
                    return delivery with
                    {
                        Width = pixels.Width, Height = pixels.Height, Bands = pixels.Bands, Blobs = [pixels.Bytes.ToArray()],
                    };
                }

            default:
                return delivery;
        }
    }

    private static Delivery Fix(Order order, byte[] bytes)
    {
        fixed (byte* data = bytes)
        {
            using var image = VipsImage.Over(data, order.WidthMax, order.HeightMax, order.Bands);
            using var pixels = image.Compute();
            return Prints(new Delivery { Width = pixels.Width, Height = pixels.Height }, pixels, order.Prints);
        }
    }

    private static PictureFault? Fault(Header header, PictureLimits limits)
    {
        if (header.IsMoving)
            return PictureFault.Moving;
        if (header.Width > limits.SideMax || header.Height > limits.SideMax)
            return PictureFault.TooWide;
        if ((long)header.Width * header.Height > limits.PixelsMax)
            return PictureFault.TooManyPixels;
        if (header.IsTooBig)
            return PictureFault.TooBig;
        return header.IsBroken ? PictureFault.Broken : null;
    }

    /// <summary>The widest first, and each smaller one from the one before it.</summary>
    private static Delivery Prints(Delivery delivery, VipsPixels largest, IReadOnlyList<Print> prints)
    {
        var (sizes, blobs) = (new PrintSize[prints.Count], new byte[prints.Count][]);
        VipsPixels? smaller = null;
        try
        {
            foreach (var i in Enumerable.Range(0, prints.Count).OrderByDescending(i => prints[i].WidthMax ?? Boundless))
            {
                var from = smaller ?? largest;
                if (prints[i].WidthMax is { } width && width < from.Width)
                {
                    var next = Negative.Shrink(from, width);
                    smaller?.Dispose();
                    from = smaller = next;
                }

                sizes[i] = new PrintSize(from.Width, from.Height);
                blobs[i] = Printer.Encode(from, prints[i]);
            }
        }
        finally
        {
            smaller?.Dispose();
        }

        return delivery with { Sizes = sizes, Blobs = blobs };
    }
}
