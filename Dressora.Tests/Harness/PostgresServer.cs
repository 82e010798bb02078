using System.Diagnostics;
using Dressora.Web.Data;
using Dressora.Web.Data.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dressora.Tests.Harness;

/// <summary>
/// One PostgreSQL server a test run, from the machine's own binaries, on a socket in a temporary folder. It starts when
/// the first test asks and ends with the test process, however that ends.
/// </summary>
internal sealed class PostgresServer
{
    internal const string Template = "house";
    private const int DebianMax = 20, DebianMin = 13;
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresServer>> Running = new(() => Task.Run(StartAsync));

    private readonly string _folder;

    private PostgresServer(string folder) => _folder = folder;

    internal static Task<PostgresServer> SharedAsync() => Running.Value;

    /// <summary>Its socket, for a line that can be cut.</summary>
    internal string Socket => Path.Combine(_folder, ".s.PGSQL.5432");

    internal string ConnectionString(string database) =>
        $"Host={_folder};Username=postgres;Database={database};Maximum Pool Size=64";

    internal async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("dressora-pg-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.IsPrivilegedProcess)
            await EndAsync(Process.Start("chown", ["postgres", folder]));
        await EndAsync(Start("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"));
        KeepRunning(folder, data);
        var server = new PostgresServer(folder);
        await server.AnswersAsync();
        await server.RunAsync($"CREATE DATABASE {Template}");
        await using var source = NpgsqlDataSource.Create(server.ConnectionString(Template) + ";Pooling=false");
        await new Migrator(() => new PostgresSchema(source), TimeProvider.System, NullLogger<Migrator>.Instance).MigrateAsync();
        return server;
    }

    /// <summary>The kernel ends the server when the thread that started it ends, so that thread lives as long as we do.</summary>
    private static void KeepRunning(string folder, string data)
    {
        var started = new ManualResetEventSlim();
        Process? server = null;
        new Thread(() =>
        {
            server = Start(
                "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off",
                "-c", "synchronous_commit=off", "-c", "max_connections=400", "-c", "shared_buffers=64MB");
            started.Set();
            server.WaitForExit();
        }) { IsBackground = true, Name = "postgres" }.Start();
        started.Wait();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Process.Start("kill", ["-QUIT", $"{server!.Id}"]).WaitForExit();
            server.WaitForExit(TimeSpan.FromSeconds(5));
            Directory.Delete(folder, recursive: true);
        };
    }

    private static Process Start(string program, params string[] arguments)
    {
        string[] user = Environment.IsPrivilegedProcess ? ["--reuid", "postgres", "--regid", "postgres", "--clear-groups"] : [];
        var start = new ProcessStartInfo("setpriv", [.. user, "--pdeathsig", "QUIT", Find(program), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Trace.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string Find(string program)
    {
        var folders = Enumerable.Range(DebianMin, DebianMax - DebianMin).Reverse().Select(version => $"/usr/lib/postgresql/{version}/bin")
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'));
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"No {program} on this machine: apt-get install postgresql (or leave out needs=postgres).");
    }

    private static async Task EndAsync(Process process)
    {
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}.");
    }

    private async Task AnswersAsync()
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await RunAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (patience.Elapsed < StartMax)
            {
                await Task.Delay(50);
            }
        }
    }
}
