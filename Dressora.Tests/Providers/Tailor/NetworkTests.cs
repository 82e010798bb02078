using System.Buffers.Binary;
using Dressora.Web.Providers.Tailor;
using Xunit;

namespace Dressora.Tests.Providers.Tailor;

/// <summary>The models give what another interpreter of the same files gave, and no file does harm.</summary>
public sealed class NetworkTests
{
    private const double Near = 1e-4;
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("TAILOR_FUZZ") ?? "300", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Every 9,831st number.</summary>
    private static readonly float[] Parsed =
    [
        2.88899f, -1.09313f, 2.92451f, -1.12182f, 2.88542f, -1.27167f, 2.93258f, -1.05469f, 2.94079f, -1.05888f, 2.94111f, -1.13062f, 2.94222f,
        -1.06605f, 2.69291f, -1.16700f, 2.89357f, -1.05764f, 2.93607f, -1.09046f, 2.85940f, -1.15485f, 2.93352f, -1.09966f, 2.85542f, -1.16796f,
        2.89695f, -1.07846f, 2.86042f, -1.15762f, 2.91991f, -1.12103f, 2.94112f, -1.09275f, 2.90039f, -1.08153f, 2.92538f, -1.04854f, 2.93721f, -1.09359f,
    ];

    /// <summary>Every 13th number.</summary>
    private static readonly float[] Joints =
    [
        133.18945f, 2.11676f, 66.90230f, 0.07832f, -39.79966f, 141.78911f, 3.22874f, 117.38259f, -0.58625f, -4.27260f, 113.99133f, -0.14760f,
        166.06989f, 18.36094f, -0.58702f,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_parser_sees_what_it_saw_elsewhere(int threads)
    {
        var output = (await NetworkAsync("selfie_multiclass_256x256.tflite", _ => true)).Run(Noise(), threads)[0];

        Assert.True(Parsed.Select((value, i) => Math.Abs(value - output[i * 9_831])).Average() <= Near);
    }

    [Fact]
    public async Task The_joints_are_where_they_were_elsewhere()
    {
        var output = (await NetworkAsync("pose_landmark_lite.tflite", length => length is 1 or 195)).Run(Noise(), 1);

        var joints = output.Single(numbers => numbers.Length == 195);
        Assert.True(Joints.Select((value, i) => Math.Abs(value - joints[i * 13]) / Math.Max(1, Math.Abs(value))).Average() <= Near);
    }

    [Fact]
    public async Task Asked_twice_it_answers_the_same()
    {
        var network = await NetworkAsync("pose_landmark_lite.tflite", length => length == 195);

        Assert.Equal(network.Run(Noise(), 2)[0], network.Run(Noise(), 1)[0]);
    }

    [Fact]
    public async Task A_spoiled_model_is_refused_or_run_and_nothing_else()
    {
        var whole = await File.ReadAllBytesAsync(Path.Combine(await Models.FolderAsync(), "pose_landmark_lite.tflite"));
        var random = new Random(7);
        // The tables lie at both ends of the file, the weights between them: most spoiling is done where it hurts.
        for (var round = 0; round < Rounds; round++)
            Open(Spoil(whole, random));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(4_000)]
    [InlineData(100_000)]
    public async Task A_model_that_breaks_off_is_refused(int length)
    {
        var whole = await File.ReadAllBytesAsync(Path.Combine(await Models.FolderAsync(), "pose_landmark_lite.tflite"));

        Assert.Throws<InvalidDataException>(() => GraphFile.Read(whole[..length]));
    }

    [Fact]
    public async Task A_model_that_is_another_one_is_not_opened()
    {
        using var folder = new Harness.TemporaryFolder();
        var bytes = await File.ReadAllBytesAsync(Path.Combine(await Models.FolderAsync(), "pose_landmark_lite.tflite"));
        bytes[^100_000] ^= 1;
        await File.WriteAllBytesAsync(folder["pose_landmark_lite.tflite"], bytes);

        Assert.Throws<InvalidDataException>(() => new ModelFiles(folder.Path).OpenPoseFinder());
    }

    private static void Open(byte[] bytes)
    {
        try
        {
            _ = new Network(GraphFile.Read(bytes), length => length is 1 or 195);
        }
        catch (InvalidDataException)
        {
            // It said so, which is all that may happen.
        }
    }

    private static byte[] Spoil(byte[] whole, Random random)
    {
        var bytes = (byte[])whole.Clone();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(3) == 0 ? random.Next(bytes.Length - 4) : random.Next(bytes.Length - 60_000, bytes.Length - 4);
            if (random.Next(2) == 0)
                bytes[at] = (byte)random.Next(256);
            else
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), random.Next(4) switch { 0 => -1, 1 => int.MaxValue, 2 => random.Next(1 << 20), _ => random.Next() });
        }

        return bytes;
    }

    private static async Task<Network> NetworkAsync(string file, Func<int, bool> isWanted) =>
        new(GraphFile.Read(await File.ReadAllBytesAsync(Path.Combine(await Models.FolderAsync(), file))), isWanted);

    private static float[] Noise()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 256 * 256 * 3).Select(_ => (float)random.NextDouble())];
    }
}
