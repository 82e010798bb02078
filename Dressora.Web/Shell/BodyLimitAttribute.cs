using Microsoft.AspNetCore.Http.Metadata;

namespace Dressora.Web.Shell;

/// <summary>
/// How much may be sent here. Routing reads it before anything reads the body; MVC's own attribute would come a second time,
/// after it, and complain.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BodyLimitAttribute(long bytes) : Attribute, IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize { get; } = bytes;
}
