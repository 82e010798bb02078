namespace Dressora.Web.Pictures;

public static class PicturesSetup
{
    public static IServiceCollection AddPictures(this IServiceCollection services)
    {
        services.AddSingleton<Darkroom>();
        services.AddSingleton<Projector>();
        return services;
    }
}
