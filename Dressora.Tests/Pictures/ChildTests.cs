using System.Diagnostics;
using Dressora.Tests.Harness;
using Dressora.Web.Pictures;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dressora.Tests.Pictures;

/// <summary>The child may do anything; we answer, and go on.</summary>
public sealed class ChildTests
{
    private const string Greets = """printf '\023\000\000\000\000\000\000\000{"HasLibrary":true}'; """;

    private static readonly Print[] One = [new(PictureKind.Jpeg, 80)];
    private static readonly byte[] Photo = Scene.Jpeg(Scene.Photo(120, 90));

    [Fact]
    public async Task A_child_stays_warm_and_works_again_until_it_has_been_idle_for_long()
    {
        var clock = new FakeClock();
        await using var darkroom = WithDarkroom.Open(WithDarkroom.Patient, clock);

        Assert.Empty(darkroom.IdleChildren);
        await AssertPrintsAsync(darkroom);
        var first = Assert.Single(darkroom.IdleChildren);
        await AssertPrintsAsync(darkroom);
        Assert.Equal([first], darkroom.IdleChildren);
        clock.Advance(Apprentices.IdleMax);

        Assert.Empty(darkroom.IdleChildren);
        Assert.True(await IsGoneAsync(first));
        await AssertPrintsAsync(darkroom);
    }

    [Fact]
    public async Task A_child_that_died_in_its_sleep_is_replaced_and_nobody_notices()
    {
        await using var darkroom = WithDarkroom.Open(WithDarkroom.Patient);
        await AssertPrintsAsync(darkroom);
        using (var child = Process.GetProcessById(darkroom.IdleChildren[0]))
        {
            child.Kill();
            await child.WaitForExitAsync();
        }

        await AssertPrintsAsync(darkroom);
    }

    [Fact]
    public async Task A_child_knows_nothing_of_what_we_were_told()
    {
        Environment.SetEnvironmentVariable("Providers__FalKey", "canary-key");
        await using var darkroom = WithDarkroom.Open(WithDarkroom.Patient);
        await AssertPrintsAsync(darkroom);

        var told = await File.ReadAllTextAsync($"/proc/{darkroom.IdleChildren[0]}/environ");

        Assert.Contains("PATH=", told, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-key", told, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable("Providers__FalKey", null);
    }

    [Fact]
    public async Task A_picture_that_wants_more_memory_than_a_child_may_have_is_too_big_and_the_next_is_not()
    {
        await using var darkroom = WithDarkroom.Open(WithDarkroom.Patient with { MemoryMegabytesMax = 96 });
        var large = Png.Of(Png.Head(6_000, 6_000), Png.Black(6_000L * 18_001), Png.End);

        var developed = await darkroom.DevelopAsync(PictureSource.Of(large), One);

        Assert.Equal(new Developed.Refused(PictureFault.TooBig), developed);
        await AssertPrintsAsync(darkroom);
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("kill -9 $$")]
    [InlineData("cat /dev/urandom")]
    [InlineData("cat /dev/zero")]
    [InlineData("yes")]
    [InlineData("""printf '\377\377\377\177\001\000\000\000'; exec cat""")]
    [InlineData("""printf '\377\377\377\377\377\377\377\377'; exec cat""")]
    [InlineData("""printf '\004\000\000\000\001\000\000\000\377\377\377\177null'; exec cat""")]
    [InlineData("""printf '\004\000\000\000\000\000\000\000null'; exec cat""")]
    [InlineData("""printf '\002\000\000\000\000\000\000\000[]'; exec cat""")]
    [InlineData("""printf '\002\000\000\000\000\000\000\000{}'; exec cat""")]
    [InlineData("""printf '\014\000\000\000\000\000\000\000{"Fault":99}'; exec cat""")]
    [InlineData("""printf '\043\000\000\000\000\000\000\000{"Width":9,"Height":9,"Sizes":[null]}'; exec cat""")]
    [InlineData("""printf '\036\000\000\000\001\000\000\000\004\000\000\000{"Width":9,"Height":9,"x":"y"}<ht>'; exec cat""")]
    public async Task A_child_that_answers_nonsense_is_ended_and_the_picture_broken(string does)
    {
        await using var darkroom = Open(Greets + "head -c 64 > /dev/null; " + does);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(new Developed.Refused(PictureFault.Broken), await darkroom.DevelopAsync(PictureSource.Of(Photo), One));
            Assert.Empty(darkroom.IdleChildren);
        }
    }

    [Theory]
    [InlineData("exec 3>&1; exec cat >&2")]
    [InlineData("exec sleep 600")]
    public async Task A_child_that_hangs_is_ended_and_the_picture_too_slow(string does)
    {
        await using var darkroom = Open(Greets + does, new PictureLimits { TimeMax = TimeSpan.FromMilliseconds(300) });
        var large = new byte[4 << 20];
        Photo.CopyTo(large, 0);

        Assert.Equal(new Developed.Refused(PictureFault.TooSlow), await darkroom.DevelopAsync(PictureSource.Of(large), One));
        Assert.Empty(darkroom.IdleChildren);
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("echo hello")]
    [InlineData("head -c 9 /dev/zero")]
    public async Task Where_no_child_can_run_the_work_is_done_here(string does)
    {
        await using var darkroom = Open(does);

        await AssertPrintsAsync(darkroom);
        Assert.Equal(new Developed.Refused(PictureFault.Broken), await darkroom.DevelopAsync(PictureSource.Of(Photo.AsMemory(0, 900)), One));
        Assert.Empty(darkroom.IdleChildren);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_no_child_either()
    {
        var start = ChildStart.Of("/nowhere/dressora");
        await using var darkroom = new Darkroom(start, WithDarkroom.Patient, 1, TimeProvider.System, NullLogger.Instance);

        await AssertPrintsAsync(darkroom);
    }

    [Fact]
    public async Task A_child_without_the_library_says_so()
    {
        await using var darkroom = Open("""printf '\024\000\000\000\000\000\000\000{"HasLibrary":false}'; exec cat >&2""");

        Assert.Equal(new Developed.Refused(PictureFault.NoLibrary), await darkroom.ProbeAsync(PictureSource.Of(Photo)));
    }

    [Fact]
    public async Task Who_waits_no_longer_ends_the_work()
    {
        await using var darkroom = Open(Greets + "exec 3>&1; exec cat >&2");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => darkroom.DevelopAsync(PictureSource.Of(Photo), One, patience.Token));
        Assert.Empty(darkroom.IdleChildren);
    }

    [Fact]
    public async Task One_too_many_is_told_that_it_is_busy()
    {
        await using var darkroom = Open(Greets + "exec 3>&1; exec cat >&2");
        using var patience = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 65).Select(_ => darkroom.DevelopAsync(PictureSource.Of(Photo), One, patience.Token)).ToList();

        Assert.Equal(new Developed.Refused(PictureFault.Busy), await darkroom.DevelopAsync(PictureSource.Of(Photo), One));

        await patience.CancelAsync();
        await Task.WhenAll(waiting).ContinueWith(all => Assert.True(all.IsCanceled), TaskScheduler.Default);
    }

    [Fact]
    public async Task Many_pictures_at_once_are_all_printed_by_few_children()
    {
        await using var darkroom = new Darkroom(ChildStart.Ours(), WithDarkroom.Patient, 2, TimeProvider.System, NullLogger.Instance);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AssertPrintsAsync(darkroom)));

        Assert.InRange(darkroom.IdleChildren.Count, 1, 2);
    }

    [Fact]
    public async Task A_child_whose_parent_is_gone_goes_too()
    {
        using var child = Process.Start(ChildStart.Ours())!;
        child.StandardInput.Close();

        await child.WaitForExitAsync();

        Assert.Equal(0, child.ExitCode);
    }

    private static Darkroom Open(string script, PictureLimits? limits = null) => new(
        ChildStart.Of("/bin/sh", "-c", script), limits ?? WithDarkroom.Patient, 1, TimeProvider.System, NullLogger.Instance);

    private static async Task AssertPrintsAsync(Darkroom darkroom)
    {
        var developed = await darkroom.DevelopAsync(PictureSource.Of(Photo), One);
        Assert.Equal(120, Assert.Single(Assert.IsType<Developed.Picture>(developed).Prints).Width);
    }

    private static async Task<bool> IsGoneAsync(int id)
    {
        for (var look = 0; look < 500 && Directory.Exists($"/proc/{id}"); look++)
            await Task.Delay(10);
        return !Directory.Exists($"/proc/{id}");
    }
}
