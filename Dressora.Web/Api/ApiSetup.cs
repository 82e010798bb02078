namespace Dressora.Web.Api;

public static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<JobReader>().AddSingleton<JobLook>();
        services.AddOpenApi(options =>
        {
            options.ShouldInclude = room => room.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer(ApiDocument.DressAsync);
        });
        return services;
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapJobs();
        app.MapUsers();
        app.MapWorker();
        app.MapMedia();
        app.MapOpenApi("/api/openapi.json").ExcludeFromDescription();
    }
}
