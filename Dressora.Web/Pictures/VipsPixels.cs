namespace Dressora.Web.Pictures;

/// <summary>Pixels in native memory, 8 bits a band.</summary>
internal sealed unsafe class VipsPixels(void* memory, int width, int height, int bands) : IDisposable
{
    private void* _memory = memory;

    internal int Width => width;
    internal int Height => height;
    internal int Bands => bands;

    internal ReadOnlySpan<byte> Bytes => new(_memory, checked(width * height * bands));

    internal VipsImage Image() => VipsImage.Over(_memory, width, height, bands);

    public void Dispose()
    {
        LibVips.Free(_memory);
        _memory = null;
    }
}
