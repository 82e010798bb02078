using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dressora.Web.Api;

/// <summary>What stands at the head of the API's description: its name, and how a program proves who it speaks for.</summary>
internal static class ApiDocument
{
    private const string Key = "key";

    internal static Task DressAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Dressora",
            Version = "1",
            Description = "Ask for work, follow it, fetch what was made. Refusals are problem details with a code to act on. "
                + "The same clientJobId with the same content is the same job, and is charged once.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key from /account/keys, or people create --api-key.",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, document)] = [] }];
        return Task.CompletedTask;
    }
}
