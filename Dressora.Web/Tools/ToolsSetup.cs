namespace Dressora.Web.Tools;

public static class ToolsSetup
{
    public static IServiceCollection AddTools(this IServiceCollection services) => services.AddSingleton<Toolbox>();
}
