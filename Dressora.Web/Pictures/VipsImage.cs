using System.Globalization;

namespace Dressora.Web.Pictures;

/// <summary>An image of libvips: a promise of pixels more often than pixels.</summary>
internal sealed unsafe class VipsImage : IDisposable
{
    private const int Bytes = 0;
    private nint _handle;

    private VipsImage(nint handle, string operation) => _handle = handle == 0 ? throw new VipsException(operation) : handle;

    internal int Width => LibVips.Width(_handle);
    internal int Height => LibVips.Height(_handle);
    internal int Bands => LibVips.Bands(_handle);
    internal int Pages => LibVips.Pages(_handle);
    internal bool HasAlpha => LibVips.HasAlpha(_handle) != 0;

    /// <summary>5 to 8 lie on their side.</summary>
    internal bool IsTurned => LibVips.Orientation(_handle) >= 5;

    /// <summary>The blob stays with the caller, and alive until the pixels are out: reading is lazy.</summary>
    internal static VipsImage Read(string loader, nint blob, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        new(Run(loader, 0, blob, "out", arguments), loader);

    /// <summary>Over memory that the caller keeps until this is disposed.</summary>
    internal static VipsImage Over(void* pixels, int width, int height, int bands)
    {
        using var raw = new VipsImage(
            LibVips.NewFromMemory(pixels, (nuint)width * (nuint)height * (nuint)bands, width, height, bands, Bytes), "memory");
        return raw.Through("copy", ("interpretation", bands < 3 ? "b-w" : "srgb"));
    }

    internal VipsImage Through(string operation, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        new(Run(operation, _handle, 0, "out", arguments), operation);

    internal byte[] Encode(string saver, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var blob = Run(saver, _handle, 0, "buffer", arguments);
        try
        {
            var data = LibVips.BlobData(blob, out var size);
            return new ReadOnlySpan<byte>(data, checked((int)size)).ToArray();
        }
        finally
        {
            LibVips.UnrefBlob(blob);
        }
    }

    /// <summary>Every pixel, computed now; nothing else of the image comes along.</summary>
    internal VipsPixels Compute()
    {
        var memory = LibVips.WriteToMemory(_handle, out _);
        return memory is null ? throw new VipsException("pixels") : new VipsPixels(memory, Width, Height, Bands);
    }

    internal static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        if (_handle != 0)
            LibVips.Unref(_handle);
        _handle = 0;
    }

    private static nint Run(
        string name, nint image, nint blob, string output, ReadOnlySpan<(string Name, string Value)> arguments)
    {
        LibVips.ClearError();
        var operation = LibVips.NewOperation(name);
        if (operation == 0)
            throw new VipsException(name);
        try
        {
            if (image != 0)
                Give(operation, "in", image, isBlob: false);
            if (blob != 0)
                Give(operation, "buffer", blob, isBlob: true);
            foreach (var (key, value) in arguments)
            {
                if (LibVips.SetArgument(operation, key, value) != 0)
                    throw new VipsException(name);
            }

            var built = LibVips.Build(&operation) == 0;
            var result = built ? Take(operation, output) : 0;
            LibVips.UnrefOutputs(operation);
            return built ? result : throw new VipsException(name);
        }
        finally
        {
            LibVips.Unref(operation);
        }
    }

    private static void Give(nint operation, string name, nint it, bool isBlob)
    {
        LibVips.GValue value = default;
        LibVips.InitValue(&value, isBlob ? LibVips.BlobType() : LibVips.ImageType());
        if (isBlob)
            LibVips.SetBoxed(&value, it);
        else
            LibVips.SetObject(&value, it);
        LibVips.SetProperty(operation, name, &value);
        LibVips.UnsetValue(&value);
    }

    private static nint Take(nint operation, string name)
    {
        var isBlob = name == "buffer";
        LibVips.GValue value = default;
        LibVips.InitValue(&value, isBlob ? LibVips.BlobType() : LibVips.ImageType());
        LibVips.GetProperty(operation, name, &value);
        var taken = isBlob ? LibVips.DupBoxed(&value) : LibVips.DupObject(&value);
        LibVips.UnsetValue(&value);
        return taken;
    }
}
