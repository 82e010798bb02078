using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dressora.Web.Media.S3;

/// <summary>
/// A bucket that is ours alone. Large files go in parts, so that memory holds one part; a part that fails takes the rest with
/// it, and nothing of the file is ever seen.
/// </summary>
internal sealed class S3BlobStore(IAmazonS3 client, string bucket, bool isHttps, TimeProvider clock) : IBlobStore
{
    /// <summary>The least that a part may have, but the last.</summary>
    internal const int PartBytes = 5 * 1024 * 1024;

    public async Task PutAsync(string key, Stream content, string type, CancellationToken cancel)
    {
        BlobKeys.Checked(key);
        var first = await PartAsync(content, cancel);
        await TryAsync<object>(async () => first.Length < PartBytes
            ? await client.PutObjectAsync(PutOf(key, first, type), cancel)
            : await PutPartsAsync(key, first, content, type, cancel));
    }

    public async Task<Blob?> FindAsync(string key, CancellationToken cancel) => await TryAsync(async () =>
    {
        var head = await client.GetObjectMetadataAsync(bucket, BlobKeys.Checked(key), cancel);
        return new Blob(key, head.ContentLength, At(head.LastModified));
    });

    public async Task<Stream?> OpenAsync(string key, long from, long count, CancellationToken cancel) => await TryAsync(async () =>
    {
        var get = new GetObjectRequest { BucketName = bucket, Key = BlobKeys.Checked(key), ByteRange = new ByteRange(from, from + count - 1) };
        return (await client.GetObjectAsync(get, cancel)).ResponseStream;
    });

    public Task DeleteAsync(string key, CancellationToken cancel) =>
        TryAsync(() => client.DeleteObjectAsync(bucket, BlobKeys.Checked(key), cancel));

    public async IAsyncEnumerable<Blob> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var ask = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        do
        {
            var page = await TryAsync(() => client.ListObjectsV2Async(ask, cancel));
            foreach (var one in page?.S3Objects ?? [])
                yield return new Blob(one.Key, one.Size ?? 0, At(one.LastModified));
            ask.ContinuationToken = page?.NextContinuationToken;
        }
        while (ask.ContinuationToken is not null);
    }

    public Uri? PresignPut(string key, string type, TimeSpan lifetime) => Presign(key, HttpVerb.PUT, lifetime, type);

    public Uri? PresignGet(string key, TimeSpan lifetime) => Presign(key, HttpVerb.GET, lifetime, null);

    private Uri Presign(string key, HttpVerb verb, TimeSpan lifetime, string? type) => new(client.GetPreSignedURL(new GetPreSignedUrlRequest
    {
        BucketName = bucket,
        Key = BlobKeys.Checked(key),
        Verb = verb,
        ContentType = type,
        Protocol = isHttps ? Protocol.HTTPS : Protocol.HTTP,
        Expires = clock.GetUtcNow().UtcDateTime + lifetime,
    }));

    private async Task<object> PutPartsAsync(string key, byte[] first, Stream rest, string type, CancellationToken cancel)
    {
        var begin = new InitiateMultipartUploadRequest { BucketName = bucket, Key = key, ContentType = type };
        var upload = (await client.InitiateMultipartUploadAsync(begin, cancel)).UploadId;
        try
        {
            var parts = new List<PartETag>();
            for (var part = first; part.Length > 0; part = await PartAsync(rest, cancel))
            {
                var sent = await client.UploadPartAsync(PartOf(key, upload, parts.Count + 1, part), cancel);
                parts.Add(new PartETag(parts.Count + 1, sent.ETag));
            }

            var whole = new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload, PartETags = parts };
            return await client.CompleteMultipartUploadAsync(whole, cancel);
        }
        catch
        {
            await client.AbortMultipartUploadAsync(bucket, key, upload, CancellationToken.None);
            throw;
        }
    }

    private PutObjectRequest PutOf(string key, byte[] bytes, string type) => new()
    {
        BucketName = bucket, Key = key, ContentType = type, InputStream = new MemoryStream(bytes, writable: false),
        UseChunkEncoding = false, AutoCloseStream = true,
    };

    private UploadPartRequest PartOf(string key, string upload, int number, byte[] bytes) => new()
    {
        BucketName = bucket, Key = key, UploadId = upload, PartNumber = number, PartSize = bytes.Length,
        InputStream = new MemoryStream(bytes, writable: false), UseChunkEncoding = false,
    };

    private static async Task<byte[]> PartAsync(Stream content, CancellationToken cancel)
    {
        var part = new byte[PartBytes];
        var read = await content.ReadAtLeastAsync(part, PartBytes, throwOnEndOfStream: false, cancel);
        return read == PartBytes ? part : part[..read];
    }

    /// <summary>What is not there is null; whatever else went wrong is the store's failure, in a word that names no key.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T>> act) where T : class
    {
        try
        {
            return await act();
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
        catch (AmazonServiceException e)
        {
            throw new StoreFailedException($"The bucket refused: {e.ErrorCode} ({(int)e.StatusCode}).", e);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException)
        {
            throw new StoreFailedException("The bucket does not answer: " + e.GetType().Name, e);
        }
    }

    private static DateTimeOffset At(DateTime? time) => new((time ?? DateTime.UnixEpoch).ToUniversalTime());
}
