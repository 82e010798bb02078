namespace Dressora.Web.Operations;

public static class OperationsSetup
{
    private static readonly TimeSpan StoppingMax = TimeSpan.FromSeconds(30);

    public static void AddOperations(this WebApplicationBuilder builder, OpenedHouse house)
    {
        builder.Logging.AddLogs(house);
        var services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StoppingMax);
        services.AddOptions<DiskOptions>().BindConfiguration(DiskOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<SetupKey>();
        services.AddSingleton<SavedSettings>();
        services.AddSingleton<Health>();
        services.AddSingleton<ClockWatch>();
        services.AddSingleton(RecurringTasks.All);
        services.AddSingleton<Schedule>();
        services.AddSingleton<LedgerCheck>();
        services.AddPersonalCopy();
        services.AddHostedService<VerbDoor>();
        services.AddHostedService<ScheduleWorker>();
    }

    /// <summary>First in the pipeline: its line covers everything behind it.</summary>
    public static void UseOperations(this WebApplication app)
    {
        app.UseMiddleware<RequestLog>();
        app.MapHealth();
    }
}
