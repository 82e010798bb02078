using System.Text;
using Dressora.Tests.Harness;
using Dressora.Web.Media;
using Dressora.Web.Media.Disk;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Media;

/// <summary>What every store promises.</summary>
public abstract class BlobStoreTests
{
    private const string Key = "user_1/upload_a.webp";

    private protected abstract IBlobStore Store { get; }

    [Fact]
    public async Task What_was_put_is_found_listed_and_read()
    {
        await PutAsync(Key, "some bytes");

        Assert.Equal(10, (await Store.FindAsync(Key, default))!.Bytes);
        Assert.Equal("some bytes", await ReadAsync(Key, 0, 10));
        Assert.Contains(await ListAsync(""), blob => blob.Key == Key);
    }

    [Fact]
    public async Task A_part_is_read_from_where_it_begins()
    {
        await PutAsync(Key, "0123456789");

        Assert.StartsWith("345", await ReadAsync(Key, 3, 3), StringComparison.Ordinal);
        Assert.Equal("9", await ReadAsync(Key, 9, 1));
    }

    [Fact]
    public async Task Putting_again_replaces_the_whole()
    {
        await PutAsync(Key, "a longer text");
        await PutAsync(Key, "short");

        Assert.Equal("short", await ReadAsync(Key, 0, 5));
        Assert.Equal(5, (await Store.FindAsync(Key, default))!.Bytes);
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_may_be_deleted()
    {
        Assert.Null(await Store.FindAsync("user_1/upload_none.webp", default));
        Assert.Null(await Store.OpenAsync("user_1/upload_none.webp", 0, 1, default));
        await Store.DeleteAsync("user_1/upload_none.webp", default);
    }

    [Fact]
    public async Task What_was_deleted_is_gone()
    {
        await PutAsync(Key, "some bytes");
        await Store.DeleteAsync(Key, default);

        Assert.Null(await Store.OpenAsync(Key, 0, 1, default));
        Assert.DoesNotContain(await ListAsync("user_1/"), blob => blob.Key == Key);
    }

    [Fact]
    public async Task A_folder_lists_its_own_and_not_its_neighbours()
    {
        await PutAsync("user_1/upload_a.webp", "a");
        await PutAsync("user_1/job_2/final_v1_b.mp4", "b");
        await PutAsync("user_12/upload_c.webp", "c");

        Assert.Equal(["user_1/job_2/final_v1_b.mp4", "user_1/upload_a.webp"], (await ListAsync("user_1/")).Select(blob => blob.Key).Order());
    }

    [Fact]
    public async Task A_put_whose_content_breaks_off_leaves_nothing_under_the_key()
    {
        foreach (var bytes in new[] { 1_000, 12_000_000 })
        {
            using var content = new BreakingStream(bytes);
            await Assert.ThrowsAnyAsync<Exception>(() => Store.PutAsync("user_9/upload_broken.mp4", content, FileTypes.Mp4, default));

            Assert.Null(await Store.FindAsync("user_9/upload_broken.mp4", default));
        }
    }

    [Fact]
    public async Task Large_files_go_in_and_out_in_pieces()
    {
        var bytes = new byte[11 * 1024 * 1024 + 7];
        new Random(1).NextBytes(bytes);
        await Store.PutAsync("user_1/job_1/final_v1_x.mp4", new MemoryStream(bytes), FileTypes.Mp4, default);

        await using var back = await Store.OpenAsync("user_1/job_1/final_v1_x.mp4", 0, bytes.Length, default);
        using var read = new MemoryStream();
        await back!.CopyToAsync(read);
        Assert.True(bytes.AsSpan().SequenceEqual(read.ToArray()));
    }

    [Theory]
    [InlineData("../secrets.json")]
    [InlineData("user_1/../../keys/x.key")]
    [InlineData("/etc/passwd")]
    [InlineData("user_1/%2e%2e/x")]
    [InlineData("user_1//x")]
    [InlineData("USER_1/x.webp")]
    [InlineData("")]
    public async Task A_key_that_is_none_of_ours_is_refused(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(key, "x"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.OpenAsync(key, 0, 1, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(key, default));
    }

    private protected Task PutAsync(string key, string text) =>
        Store.PutAsync(key, new MemoryStream(Encoding.ASCII.GetBytes(text)), FileTypes.Webp, default);

    private protected async Task<List<Blob>> ListAsync(string prefix)
    {
        var all = new List<Blob>();
        await foreach (var blob in Store.ListAsync(prefix, default))
            all.Add(blob);
        return all;
    }

    private async Task<string> ReadAsync(string key, long from, int count)
    {
        await using var content = await Store.OpenAsync(key, from, count, default);
        var bytes = new byte[count];
        await content!.ReadExactlyAsync(bytes);
        return Encoding.ASCII.GetString(bytes);
    }

    private sealed class BreakingStream(int bytes) : MemoryStream(new byte[bytes])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= Length / 2)
                throw new InvalidDataException("The sender went away.");
            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, (int)Math.Max(1, Length / 2 - Position))], cancellationToken);
        }
    }
}

public sealed class DiskBlobStoreTests : BlobStoreTests, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    private protected override IBlobStore Store => new DiskBlobStore(_folder.Path, _clock);

    [Fact]
    public async Task Files_are_spread_and_readable_by_nobody_else()
    {
        for (var person = 1; person <= 20; person++)
            await PutAsync($"user_{person}/upload_a.webp", "x");

        var files = Directory.GetFiles(_folder.Path, "*.webp", SearchOption.AllDirectories);
        Assert.True(files.Select(path => Path.GetRelativePath(_folder.Path, path)[..2]).Distinct().Count() > 10);
        Assert.All(files, path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task What_a_crash_left_half_is_listed_so_that_it_goes()
    {
        var incoming = Directory.CreateDirectory(Path.Combine(_folder.Path, DiskBlobStore.IncomingFolder)).FullName;
        await File.WriteAllTextAsync(Path.Combine(incoming, "0123abcd"), "half");

        var blob = Assert.Single(await ListAsync(""));
        await Store.DeleteAsync(blob.Key, default);

        Assert.Empty(Directory.GetFiles(incoming));
    }

    [Fact]
    public async Task A_folder_that_takes_no_file_is_the_stores_failure()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, DiskBlobStore.IncomingFolder), "a file where a folder should be");

        await Assert.ThrowsAsync<StoreFailedException>(() => PutAsync("user_1/upload_a.webp", "x"));
    }

    public void Dispose() => _folder.Dispose();
}

[Trait("needs", "s3")]
public sealed class S3BlobStoreTests : BlobStoreTests, IAsyncLifetime
{
    private S3Server _server = null!;
    private Site _site = null!;

    private protected override IBlobStore Store => _site.Services.GetRequiredService<IBlobStore>();

    public async Task InitializeAsync()
    {
        _server = await S3Server.StartAsync();
        _site = await Site.StartAsync(settings: _server.Settings);
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_program_puts_bytes_past_us_and_reads_them_so()
    {
        using var client = new HttpClient();
        var put = Store.PresignPut("user_1/incoming_a", FileTypes.Bytes, TimeSpan.FromDays(3_000))!;
        var content = new ByteArrayContent("direct"u8.ToArray());
        content.Headers.ContentType = new(FileTypes.Bytes);

        Assert.True((await client.PutAsync(put, content)).IsSuccessStatusCode);
        Assert.Equal("direct", await client.GetStringAsync(Store.PresignGet("user_1/incoming_a", TimeSpan.FromMinutes(5))!));
    }

    [Fact]
    public async Task A_bucket_that_does_not_answer_is_the_stores_failure()
    {
        await _server.DisposeAsync();

        await Assert.ThrowsAsync<StoreFailedException>(() => Store.FindAsync("user_1/upload_a.webp", default));
        await Assert.ThrowsAsync<StoreFailedException>(() => PutAsync("user_1/upload_a.webp", "x"));
    }
}
