using System.Buffers.Binary;

namespace Dressora.Web.Providers.Tailor;

/// <summary>A FlatBuffer, read as if whoever wrote it lied: no offset is followed before it was measured.</summary>
internal readonly struct FlatFile(byte[] bytes)
{
    internal FlatTable Root => new(this, Follow(0));

    internal int Int(long at) => BinaryPrimitives.ReadInt32LittleEndian(Slice(at, 4));

    internal int Short(long at) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(at, 2));

    internal long Follow(long at) => at + BinaryPrimitives.ReadUInt32LittleEndian(Slice(at, 4));

    internal ReadOnlySpan<byte> Slice(long at, long length) => at >= 0 && length >= 0 && at <= bytes.Length - length
        ? bytes.AsSpan((int)at, (int)length)
        : throw new InvalidDataException("The file points outside itself.");
}

/// <summary>A table: fields by number, each of which may be missing.</summary>
internal readonly struct FlatTable(FlatFile file, long at)
{
    internal int Int(int field, int otherwise = 0) => At(field) is { } place ? file.Int(place) : otherwise;

    internal int Byte(int field, int otherwise = 0) => At(field) is { } place ? file.Slice(place, 1)[0] : otherwise;

    internal FlatTable? Table(int field) => At(field) is { } place ? new FlatTable(file, file.Follow(place)) : null;

    /// <summary>Tables in a row; an absent vector is an empty one.</summary>
    internal FlatTable[] Tables(int field)
    {
        var (start, count) = Vector(field, 4);
        var tables = new FlatTable[count];
        for (var i = 0; i < count; i++)
            tables[i] = new FlatTable(file, file.Follow(start + (4L * i)));
        return tables;
    }

    internal int[] Ints(int field)
    {
        var (start, count) = Vector(field, 4);
        var whole = new int[count];
        for (var i = 0; i < count; i++)
            whole[i] = file.Int(start + (4L * i));
        return whole;
    }

    internal ReadOnlySpan<byte> Bytes(int field)
    {
        var (start, count) = Vector(field, 1);
        return file.Slice(start, count);
    }

    private (long Start, int Count) Vector(int field, int size)
    {
        if (At(field) is not { } place)
            return (0, 0);
        var start = file.Follow(place);
        var count = file.Int(start);
        // Measured before anything is allocated for it.
        file.Slice(start + 4, (long)count * size);
        return (start + 4, count);
    }

    private long? At(int field)
    {
        var table = at - file.Int(at);
        var slot = 4 + (2 * field);
        if (slot + 2 > file.Short(table))
            return null;
        var offset = file.Short(table + slot);
        return offset == 0 ? null : at + offset;
    }
}
