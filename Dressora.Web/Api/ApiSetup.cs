namespace Dressora.Web.Api;

public static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<JobReader>().AddSingleton<JobLook>();
        return services;
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapJobs();
        app.MapUsers();
        app.MapWorker();
        app.MapMedia();
    }
}
