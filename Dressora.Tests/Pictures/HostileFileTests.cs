using System.Diagnostics;
using System.Text;
using Dressora.Web.Pictures;
using Xunit;
using Xunit.Abstractions;

namespace Dressora.Tests.Pictures;

public sealed class HostileFileTests(WithDarkroom with, ITestOutputHelper output) : IClassFixture<WithDarkroom>
{
    private static readonly Print[] Prints =
        [new(PictureKind.Jpeg, 85), new(PictureKind.Webp, 80, 64), new(PictureKind.Avif, 50, 64)];

    public static TheoryData<string> Names => [.. Hostile.Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_file_is_refused_by_its_rule_or_harmless_when_printed(string name)
    {
        var (make, fault) = Hostile.Files[name];

        var developed = await DevelopAsync(name, make());

        if (fault is not null)
            Assert.Equal(new Developed.Refused(fault.Value), developed);
        AssertHarmless(developed);
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("progressive")]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("lossless")]
    [InlineData("heic")]
    [InlineData("avif")]
    public async Task A_file_cut_off_anywhere_is_broken(string kind)
    {
        var whole = Scene.Of(kind, Scene.Photo(200, 150));
        Assert.IsType<Developed.Picture>(await DevelopAsync(kind, whole));

        for (var percent = 1; percent < 100; percent++)
        {
            var developed = await DevelopAsync($"{kind} to {percent} %", whole[..(whole.Length * percent / 100)]);
            Assert.True(developed is Developed.Refused { Fault: PictureFault.Broken or PictureFault.NotAPicture }, $"{kind}, {percent} %: {developed}");
        }
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("progressive")]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("lossless")]
    [InlineData("heic")]
    [InlineData("avif")]
    public async Task A_file_with_bytes_changed_anywhere_does_no_harm(string kind)
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("DRESSORA_HOSTILE_ROUNDS"), out var asked) ? asked : 30;
        var (whole, chance) = (Scene.Of(kind, Scene.Photo(200, 150)), new Random(kind.Length));
        for (var round = 0; round < rounds; round++)
        {
            var bytes = whole.ToArray();
            for (var changes = chance.Next(1, 20); changes > 0; changes--)
                bytes[chance.Next(2) == 0 ? chance.Next(bytes.Length) : chance.Next(Math.Min(400, bytes.Length))] = (byte)chance.Next(256);
            AssertHarmless(await DevelopAsync($"{kind}, round {round}", bytes));
        }
    }

    private async Task<Developed> DevelopAsync(string name, byte[] bytes)
    {
        var began = Stopwatch.GetTimestamp();
        var developed = await with.Darkroom.DevelopAsync(PictureSource.Of(bytes), Prints);
        var took = Stopwatch.GetElapsedTime(began);
        if (took > TimeSpan.FromMilliseconds(200))
            output.WriteLine($"{took.TotalMilliseconds:0} ms {name}: {(developed as Developed.Refused)?.Fault.ToString() ?? "printed"}, {Peak()}");
        return developed;
    }

    private static void AssertHarmless(Developed developed)
    {
        if (developed is Developed.Refused refused)
        {
            Assert.NotEqual(PictureFault.TooSlow, refused.Fault);
            return;
        }

        foreach (var print in ((Developed.Picture)developed).Prints)
        {
            Assert.Empty(Remains.Of(print.Bytes));
            Assert.DoesNotContain(Hostile.Canary, Encoding.Latin1.GetString(print.Bytes), StringComparison.Ordinal);
        }
    }

    private string Peak() => with.Darkroom.IdleChildren is [var id, ..]
        ? File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal))
        : "the child is gone";
}
