using Dressora.Web.Data;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Operations;

/// <summary>What keeps this server from doing its work right now. Asked as often as anybody likes, looked at every few seconds.</summary>
public sealed class Health(Database database, DataFolder folder, IOptionsMonitor<DiskOptions> disk, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<IReadOnlyList<string>>? _look;
    private long _lookedAt;

    /// <summary>Plain lines, none when all is well. They name no path and no server: strangers may read them.</summary>
    public Task<IReadOnlyList<string>> FaultsAsync()
    {
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && clock.GetElapsedTime(_lookedAt) > Fresh))
            {
                _lookedAt = clock.GetTimestamp();
                _look = Task.Run(LookAsync);
            }

            return _look;
        }
    }

    private async Task<IReadOnlyList<string>> LookAsync()
    {
        var faults = new List<string>();
        if (await FaultAsync(ReadAsync) is { } reading)
            faults.Add($"database: does not answer ({reading})");
        else if (await FaultAsync(WriteAsync) is { } writing)
            faults.Add($"database: cannot be written ({writing})");
        if (FolderCheck.WriteFault(folder.Root) is not null)
            faults.Add("storage: the data folder cannot be written");
        if (FolderCheck.FreeMegabytes(folder) is { } free && free < disk.CurrentValue.FreeMegabytesMin)
            faults.Add($"disk: {free} MB free, {disk.CurrentValue.FreeMegabytesMin} MB wanted");
        return faults;
    }

    private Task ReadAsync(CancellationToken cancel) => database.AnyAsync($"SELECT 1 FROM schema_versions LIMIT 1", cancel);

    /// <summary>A turn at the database in which nothing is changed costs no disk sync.</summary>
    private Task WriteAsync(CancellationToken cancel) => database.WriteAsync(_ => true, cancel);

    private static async Task<string?> FaultAsync(Func<CancellationToken, Task> ask)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await ask(limit.Token).WaitAsync(limit.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            return $"not within {Patience.TotalSeconds} s";
        }
        catch (DatabaseUnavailableException e)
        {
            return e.Why.ToString();
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            return e.GetType().Name;
        }
    }
}
