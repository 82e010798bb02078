using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Data.Sqlite;
using Dressora.Web.Operations;
using Xunit;

namespace Dressora.Tests.Operations;

public sealed class FolderCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_can_be_made_is_right_and_is_not_made_by_looking()
    {
        Assert.Empty(Faults(_folder["a/b/data"]));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_stands_is_right_and_nothing_stays_in_it()
    {
        Assert.Empty(Faults(_folder.Path));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_file_in_its_place_is_said()
    {
        File.WriteAllText(_folder["data"], "");

        Assert.Equal([$"The data folder {_folder["data"]} is a file."], Faults(_folder["data"]));
    }

    [Fact]
    public void A_place_that_takes_no_files_is_said() =>
        Assert.StartsWith("The data folder /proc/1/data cannot be made by", Assert.Single(Faults("/proc/1/data")), StringComparison.Ordinal);

    [Fact]
    public void A_path_too_long_for_the_socket_is_said()
    {
        var path = _folder[new string('d', 90)];

        Assert.StartsWith("The data folder's path is too long for the socket in it", Assert.Single(Faults(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lived_in_folder_that_others_can_read_is_said_with_the_remedy()
    {
        File.WriteAllText(_folder["something"], "");
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);

        Assert.Equal(
            [$"Other users of this machine can read {_folder.Path}. Close it: chmod 700 {_folder.Path}"], Faults(_folder.Path));
    }

    [Fact]
    public void An_empty_folder_is_closed_when_we_move_in()
    {
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        Assert.Empty(Faults(_folder.Path));

        using var hold = Start.MoveIn(new DataFolder(_folder.Path), "for a test", out _);

        Assert.NotNull(hold);
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(_folder.Path));
    }

    [Fact]
    public void A_secrets_file_that_others_can_read_is_said_with_the_remedy()
    {
        File.WriteAllText(_folder["secrets.json"], "{}");
        File.SetUnixFileMode(_folder["secrets.json"], (UnixFileMode)0b110_100_100);

        Assert.EndsWith($"chmod 600 {_folder["secrets.json"]}", Assert.Single(Faults(_folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_below_the_limit_is_said() => Assert.Matches(
        "^[0-9]+ MB are free on the disk of .+; Disk:FreeMegabytesMin asks for 1000000 MB[.]$",
        Assert.Single(FolderCheck.Faults(new DataFolder(_folder.Path), 1_000_000)));

    [Theory]
    [InlineData("3.35.5", false)]
    [InlineData("3.37.0", true)]
    [InlineData("3.40.1", true)]
    public void A_SQLite_without_strict_tables_is_refused_with_the_remedy(string version, bool isEnough)
    {
        var fault = SqliteCheck.Fault(Version.Parse(version));

        Assert.Equal(isEnough ? null : "SQLite 3.35.5 is too old, 3.37 or later is needed. On Debian: sudo apt-get install libsqlite3-0", fault);
    }

    [Fact]
    public void Who_holds_a_folder_is_said_until_they_leave()
    {
        var folder = new DataFolder(_folder.Path);
        using (var first = Start.MoveIn(folder, "for a test", out _))
        {
            Assert.True(StartupCheck.IsHeld(folder));
            Assert.Null(FolderLock.TryTake(folder, "another", out var holder));
            Assert.Matches($"^process {Environment.ProcessId}, since [0-9: -]+ UTC, for a test$", holder);
        }

        Assert.False(StartupCheck.IsHeld(folder));
    }

    private static IReadOnlyList<string> Faults(string path) => [.. FolderCheck.Faults(new DataFolder(path), 0)];
}
