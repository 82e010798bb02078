using System.Security.Cryptography;

namespace Dressora.Web.Media;

/// <summary>
/// Counts and hashes what is read through it, once, from the beginning, and stops what is too long: so that no upload is
/// held in memory for that. The framework's stream for ciphers takes it as one that changes nothing.
/// </summary>
internal sealed class Measure(long max = long.MaxValue) : ICryptoTransform
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public bool CanReuseTransform => false;
    public bool CanTransformMultipleBlocks => true;
    public int InputBlockSize => 1;
    public int OutputBlockSize => 1;

    internal long Count { get; private set; }

    internal CryptoStream Over(Stream content) => new(content, this, CryptoStreamMode.Read, leaveOpen: true);

    internal string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)
    {
        Note(inputBuffer.AsSpan(inputOffset, inputCount));
        inputBuffer.AsSpan(inputOffset, inputCount).CopyTo(outputBuffer.AsSpan(outputOffset));
        return inputCount;
    }

    public byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)
    {
        Note(inputBuffer.AsSpan(inputOffset, inputCount));
        return inputBuffer[inputOffset..(inputOffset + inputCount)];
    }

    /// <summary>The stream over it lets go of it at its end, when the figures are still wanted.</summary>
    public void Dispose()
    {
    }

    private void Note(ReadOnlySpan<byte> read)
    {
        _hash.AppendData(read);
        Count += read.Length;
        if (Count > max)
            throw new TooLongException();
    }
}

/// <summary>More came than was allowed; reading stopped there.</summary>
internal sealed class TooLongException() : Exception("More bytes came than may come.");
