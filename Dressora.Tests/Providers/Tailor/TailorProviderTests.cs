using System.Text.Json.Nodes;
using Dressora.Tests.House;
using Dressora.Web.Pictures;
using Dressora.Web.Providers;
using Dressora.Web.Providers.Tailor;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dressora.Tests.Providers.Tailor;

/// <summary>The tailor behind the contract, with his child and the models that run.sh fetches.</summary>
public sealed class TailorProviderTests : IAsyncLifetime, IDisposable
{
    private readonly Darkroom _darkroom = new(TimeProvider.System, NullLogger<Darkroom>.Instance);
    private TailorBench _bench = null!;
    private TailorProvider _tailor = null!;

    public async Task InitializeAsync()
    {
        _bench = new TailorBench(await Models.OpenAsync(), NullLogger<TailorBench>.Instance);
        _tailor = new TailorProvider(_bench, _darkroom);
    }

    public async Task DisposeAsync() => await _darkroom.DisposeAsync();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Without_the_models_it_is_not_ready()
    {
        using var bench = new TailorBench(new ModelFiles(Path.GetTempPath()), NullLogger<TailorBench>.Instance);

        Assert.False(bench.IsReady);
        Assert.True(_tailor.IsReady);
    }

    [Theory]
    [InlineData("bottom")]
    [InlineData("one-piece")]
    [InlineData("auto")]
    public async Task What_is_no_top_is_left_to_others(string category)
    {
        var rejected = Assert.IsType<Submission.Rejected>(await _tailor.SubmitAsync(Request(category, [], []), default));

        Assert.Equal(ErrorClass.Unsupported, rejected.Error.Class);
        Assert.Contains("A connected maker", rejected.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_without_a_person_is_refused_in_words()
    {
        var shirt = await ShirtAsync();

        var rejected = Assert.IsType<Submission.Rejected>(await _tailor.SubmitAsync(Request("top", shirt, shirt), default));

        Assert.Equal(ErrorClass.BadInput, rejected.Error.Class);
        Assert.EndsWith(".", rejected.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_seen_once_is_remembered()
    {
        var (eyes, shirt, reads) = (new TailorEyes(_bench, _darkroom), await ShirtAsync(), 0);
        Task<ReadOnlyMemory<byte>> Read()
        {
            reads++;
            return Task.FromResult<ReadOnlyMemory<byte>>(shirt);
        }

        Assert.Null(await eyes.JudgeAsync("shirt", isGarment: true, Read, default));
        Assert.Null(await eyes.JudgeAsync("shirt", isGarment: true, Read, default));
        Assert.NotNull(await eyes.JudgeAsync("shirt", isGarment: false, Read, default));
        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task A_fitting_that_is_called_off_ends_its_child()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var shirt = await ShirtAsync();

        var answer = await _tailor.SubmitAsync(Request("top", shirt, shirt), stop.Token);

        Assert.True(answer is Submission.Unknown or Submission.Rejected);
    }

    /// <summary>The people to try it on are not ours to ship; where they are found, one is dressed.</summary>
    [Fact]
    public async Task A_person_in_a_top_comes_out_as_a_picture()
    {
        var folder = Path.Combine(SourceTree.Root, "..", "shared", "data", "tryon");
        if (!Directory.Exists(folder))
            return;
        var (person, garment) = (await File.ReadAllBytesAsync(Path.Combine(folder, "person_1.png")), await File.ReadAllBytesAsync(Path.Combine(folder, "garment_red.jpg")));

        var finished = Assert.IsType<Submission.Finished>(await _tailor.SubmitAsync(Request("top", person, garment), default));

        Assert.StartsWith("image/", Assert.Single(finished.Snapshot.Outputs).Mime, StringComparison.Ordinal);
    }

    private async Task<byte[]> ShirtAsync() =>
        await _darkroom.FixAsync(Flat.TShirt().Pixels(), [new Print(PictureKind.Jpeg, 92)]) is Fixed.Done done ? done.Prints[0].Bytes : [];

    private static ProviderRequest Request(string category, byte[] person, byte[] garment) => new(
        "job-1", JobKind.TryOn, "quick-preview", new JsonObject { ["category"] = category },
        [new("person", "image/jpeg", person), new("garment", "image/jpeg", garment)], null, "key-1", DateTimeOffset.MaxValue);
}
