using System.Data.Common;
using Dressora.Web.Data.Postgres;
using Dressora.Web.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Data;

public static class DataSetup
{
    public static IServiceCollection AddData(this IServiceCollection services, DataFolder folder, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateDataAnnotations();
        services.AddSingleton(folder);
        var options = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        if (options.Provider == DatabaseProvider.Sqlite)
            services.AddSqlite(folder);
        else
            services.AddPostgres(options);
        services.AddSingleton<Database>();
        services.AddSingleton<Glances>();
        services.AddSingleton<Migrator>();
        services.AddScoped(provider => provider.GetRequiredService<Database>().OpenReader());
        return services;
    }

    /// <summary>Why this database cannot be used, in a sentence; null when it can. Nothing is made by asking.</summary>
    public static Task<string?> FaultAsync(DatabaseOptions options) => options.Provider == DatabaseProvider.Sqlite
        ? Task.FromResult(SqliteCheck.Fault())
        : PostgresCheck.FaultAsync(options.ConnectionString);

    private static void AddSqlite(this IServiceCollection services, DataFolder folder)
    {
        SystemSqlite.ChooseNative();
        var connections = new SqliteConnections(folder);
        var contexts = new DressoraDbFactory(
            builder => builder.UseSqlite(connections.ReadString), () => new SqliteConnection(connections.ReadString));
        services.AddSingleton(contexts);
        services.AddSingleton<Func<DbConnection>>(() => new SqliteConnection(connections.ReadString));
        services.AddSingleton<Func<ISchema>>(provider =>
            () => new SqliteSchema(connections, folder, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IWriter>(provider => new SqliteWriter(
            connections.OpenWriter, contexts.On, provider.GetRequiredService<TimeProvider>(), WaitingMax(provider),
            provider.GetRequiredService<ILogger<SqliteWriter>>()));
    }

    private static void AddPostgres(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(_ => new PostgresSources(options.ConnectionString));
        services.AddSingleton(provider => new DressoraDbFactory(builder =>
            builder.UseNpgsql(provider.GetRequiredService<PostgresSources>().Read)));
        services.AddSingleton<Func<DbConnection>>(provider => provider.GetRequiredService<PostgresSources>().Read.CreateConnection);
        services.AddSingleton<Func<ISchema>>(provider =>
            () => new PostgresSchema(provider.GetRequiredService<PostgresSources>().Write));
        services.AddSingleton<IWriter>(provider => new PostgresWriter(
            provider.GetRequiredService<PostgresSources>().Write, provider.GetRequiredService<DressoraDbFactory>().On,
            provider.GetRequiredService<TimeProvider>(), WaitingMax(provider),
            provider.GetRequiredService<ILogger<PostgresWriter>>()));
        services.AddHostedService<PostgresBells>();
    }

    private static int WaitingMax(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.WaitingWritesMax;
}
