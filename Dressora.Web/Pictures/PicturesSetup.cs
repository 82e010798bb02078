namespace Dressora.Web.Pictures;

public static class PicturesSetup
{
    public static IServiceCollection AddPictures(this IServiceCollection services)
    {
        services.AddSingleton(new PictureLimits());
        services.AddSingleton<Darkroom>();
        return services;
    }
}
