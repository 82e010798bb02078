using System.Net;
using Dressora.Tests.Data;
using Dressora.Tests.Harness;
using Dressora.Web.Operations;
using Xunit;

namespace Dressora.Tests.Operations;

/// <summary>The real program in a folder whose disk fills while it runs.</summary>
public sealed class FullDiskTests
{
    [SmallDiskFact]
    public async Task On_a_full_disk_reading_goes_on_writing_answers_in_words_and_all_is_well_when_there_is_room()
    {
        using var disk = SmallDisk.TryMake()!;
        var data = Path.Combine(disk.Folder, "data");
        var (child, address) = await Child.ServeAsync(data, "--Disk:FreeMegabytesMin=1", "--Logs:FilesKept=0");
        await using var server = child;
        var link = new Uri((await child.SaysAsync("/setup?key=")).Trim());
        using var browser = new PlainBrowser(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, address, new FakeClock());
        var wizard = await browser.GetAsync(link.PathAndQuery);

        disk.Fill();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);
        var refused = await FoundAsync(browser, wizard);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Contains("disk", refused.Text, StringComparison.Ordinal);
        await using var verb = Child.Run("people", "create", "--email", "asha@example.org", "--data", data);
        Assert.Equal(Exit.Unavailable, await verb.EndAsync());
        Assert.StartsWith("Nothing was done", verb.Said, StringComparison.Ordinal);
        var ready = await browser.GetAsync("/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Contains("disk: 0 MB free", ready.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/up")).Status);

        disk.MakeRoom();

        Assert.Equal(HttpStatusCode.SeeOther, (await FoundAsync(browser, wizard)).Status);
        await using var again = Child.Run("people", "create", "--email", "asha@example.org", "--data", data);
        Assert.Equal(Exit.Done, await again.EndAsync());
        Assert.Equal(Exit.Done, await child.StopAsync());
    }

    [SmallDiskFact]
    public async Task On_a_disk_that_is_full_already_nothing_starts()
    {
        using var disk = SmallDisk.TryMake()!;
        var data = Path.Combine(disk.Folder, "data");

        await using var child = Child.Run("--data", data, "--urls", $"http://127.0.0.1:{Site.FreePort()}");

        Assert.Equal(Exit.Configuration, await child.EndAsync());
        Assert.Contains($"MB are free on the disk of {data}; Disk:FreeMegabytesMin asks for 200 MB.", child.Complained, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    private static Task<Answer> FoundAsync(PlainBrowser browser, Answer wizard) => browser.SubmitAsync(
        wizard, "main form", new { Form_Name = "Olga", Form_Email = "olga@example.org", Form_Password = "three green umbrellas" });
}
