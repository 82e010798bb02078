using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Dressora.Web.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dressora.Tests.Operations;

/// <summary>Tasks that come again and again, on whichever engine.</summary>
public abstract class Schedules(Engine engine) : IAsyncLifetime
{
    private const int LooksMax = 1_000;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly List<DateTimeOffset> _runs = [];
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync(engine);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task A_task_runs_when_it_is_due_and_never_before()
    {
        var node = Node(Noting());

        Assert.Equal(["note"], await node.RunDueAsync(default));
        _site.Clock.Advance(Hour - TimeSpan.FromSeconds(1));
        Assert.Empty(await node.RunDueAsync(default));
        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["note"], await node.RunDueAsync(default));

        Assert.Equal([FakeClock.Start, FakeClock.Start + Hour], _runs);
    }

    [Fact]
    public async Task After_a_week_asleep_it_runs_once()
    {
        await Node(Noting()).RunDueAsync(default);
        _site.Clock.Advance(TimeSpan.FromDays(7));

        await Node(Noting()).RunDueAsync(default);
        await Node(Noting()).RunDueAsync(default);

        Assert.Equal(2, _runs.Count);
    }

    [Fact]
    public async Task A_restart_forgets_neither_when_it_ran_nor_how_it_ended()
    {
        await Node(Noting("7 rows")).RunDueAsync(default);

        var row = await _site.ReadAsync(db => db.Tasks.SingleAsync(task => task.Name == "note"));

        Assert.Equal(
            (FakeClock.Start, FakeClock.Start + Hour, "7 rows"), (row.RanAt!.Value, row.DueAt, row.Outcome));
        Assert.Empty(await Node(Noting()).RunDueAsync(default));
    }

    [Fact]
    public async Task Two_nodes_do_not_run_one_task_at_once()
    {
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var slow = new RecurringTask("note", Hour, async (_, _) =>
        {
            begun.SetResult();
            await end.Task;
            return "";
        });

        var first = Node(slow).RunDueAsync(default);
        await begun.Task;
        Assert.Empty(await Node(Noting()).RunDueAsync(default));
        end.SetResult();

        Assert.Equal(["note"], await first);
        Assert.Empty(_runs);
    }

    [Fact]
    public async Task Eight_nodes_at_one_instant_run_it_once()
    {
        var ran = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Node(Noting()).RunDueAsync(default))));

        Assert.Single(ran.SelectMany(names => names));
        Assert.Single(_runs);
    }

    [Fact]
    public async Task What_a_dead_node_had_taken_is_due_again_when_its_lease_runs_out()
    {
        using var death = new CancellationTokenSource();
        var dying = new RecurringTask("note", Hour, (_, cancel) =>
        {
            death.Cancel();
            cancel.ThrowIfCancellationRequested();
            return Task.FromResult("");
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Node(dying).RunDueAsync(death.Token));

        Assert.Empty(await Node(Noting()).RunDueAsync(default));
        _site.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(["note"], await Node(Noting()).RunDueAsync(default));
    }

    [Fact]
    public async Task A_node_that_wakes_after_its_lease_changes_nothing_of_the_next_ones_run()
    {
        var wake = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var late = Node(new RecurringTask("note", Hour, async (_, _) =>
        {
            begun.SetResult();
            await wake.Task;
            return "late";
        })).RunDueAsync(default);
        await begun.Task;
        _site.Clock.Advance(TimeSpan.FromMinutes(20));
        await Node(Noting("in time")).RunDueAsync(default);

        wake.SetResult();
        await late;

        Assert.Equal("in time", await _site.ReadAsync(db => db.Tasks.Where(task => task.Name == "note").Select(task => task.Outcome).SingleAsync()));
    }

    [Fact]
    public async Task A_task_that_fails_is_noted_and_disturbs_no_other()
    {
        var broken = new RecurringTask("broken", Hour, (_, _) => throw new InvalidOperationException("no"));

        Assert.Equal(["broken", "note"], await Node(broken, Noting()).RunDueAsync(default));

        var row = await _site.ReadAsync(db => db.Tasks.SingleAsync(task => task.Name == "broken"));
        Assert.Equal("failed: InvalidOperationException", row.Outcome);
        Assert.Equal(FakeClock.Start + Hour, row.DueAt);
    }

    [Fact]
    public async Task A_house_looks_after_itself()
    {
        await using var house = await Site.StartAsync(engine, builder => builder.Services.AddHostedService<ScheduleWorker>());
        await house.WriteAsync(write => write.Db.SpentPuzzles.Add(new SpentPuzzle("old", write.Now)));

        for (var looks = 0; looks < LooksMax && await house.ReadAsync(db => db.SpentPuzzles.AnyAsync()); looks++)
        {
            house.Clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10);
        }

        Assert.False(await house.ReadAsync(db => db.SpentPuzzles.AnyAsync()));
    }

    private protected Schedule Node(params RecurringTask[] tasks) => new(
        _site.Database, _site.Services, new ClockWatch(_site.Clock), tasks, NullLogger<Schedule>.Instance);

    private RecurringTask Noting(string outcome = "") => new("note", Hour, (_, _) =>
    {
        lock (_runs)
            _runs.Add(_site.Clock.GetUtcNow());
        return Task.FromResult(outcome);
    });
}

public sealed class SqliteScheduleTests() : Schedules(Engine.Sqlite);

[Trait("needs", "postgres")]
public sealed class PostgresScheduleTests() : Schedules(Engine.Postgres);
