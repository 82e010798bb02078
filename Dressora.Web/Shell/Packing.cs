using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Dressora.Web.Shell;

/// <summary>Packs what pages and programs get; files are packed already.</summary>
internal static class Packing
{
    internal static void AddPacking(this IServiceCollection services)
    {
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
        services.AddResponseCompression(options =>
        {
            // The secret on a page, the antiforgery token, is masked anew each time: lengths tell nothing about it.
            options.EnableForHttps = true;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
            options.MimeTypes = ["text/html", "text/csv", "application/json", "application/problem+json"];
        });
    }
}
