using Amazon.Runtime;
using Amazon.S3;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Media.Disk;
using Dressora.Web.Media.S3;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Media;

public static class MediaSetup
{
    private static readonly TimeSpan S3Patience = TimeSpan.FromSeconds(60);

    public static IServiceCollection AddMedia(this IServiceCollection services, DataFolder folder)
    {
        services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.Section).ValidateDataAnnotations();
        services.AddOptions<S3Options>().BindConfiguration(S3Options.Section).ValidateDataAnnotations();
        services.AddSingleton<IBlobStore>(provider =>
            provider.GetRequiredService<IOptions<S3Options>>().Value.Bucket.Length > 0
                ? Bucket(provider)
                : new DiskBlobStore(folder.Media, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MediaStore>().AddSingleton<UploadRows>().AddSingleton<Uploads>();
        services.AddSingleton<ResultStore>().AddSingleton<VariantShelf>().AddSingleton<Variants>();
        services.AddSingleton<MediaKeys>().AddSingleton<MediaAddresses>();
        services.AddSingleton<DeletionBell>().AddSingleton<Deletions>();
        services.AddSingleton<Inventory>().AddSingleton<ExportPacker>().AddSingleton<Bundle>().AddSingleton<Exports>();
        services.AddHostedService<DeletionWorker>();
        services.AddHostedService<ExportWorker>();
        services.AddSingleton<Farewell>(provider => provider.GetRequiredService<MediaStore>().MarkAllAsync);
        return services;
    }

    private static S3BlobStore Bucket(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<S3Options>>().Value;
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.Address.Length > 0,
            AuthenticationRegion = options.Region,
            // R2, MinIO and others do not know the newer checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            Timeout = S3Patience,
        };
        if (options.Address.Length > 0)
            config.ServiceURL = options.Address;
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        var client = new AmazonS3Client(new BasicAWSCredentials(options.KeyId, options.SecretKey), config);
        var isHttps = !options.Address.StartsWith("http:", StringComparison.Ordinal);
        return new S3BlobStore(client, options.Bucket, isHttps, provider.GetRequiredService<TimeProvider>());
    }
}
