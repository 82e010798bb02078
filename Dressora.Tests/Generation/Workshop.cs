using System.Text;
using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Ledger;
using Dressora.Web.Media;
using Dressora.Web.Providers;
using Dressora.Web.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dressora.Tests.Generation;

/// <summary>A site with makers that do as told, and a person who has a photo, a garment and credits.</summary>
public sealed class Workshop : IAsyncDisposable
{
    public const long Price = 20;
    private const int StepsMax = 8_000;

    /// <summary>Between two tries to store a result nobody else is at work.</summary>
    private const double SavingLeap = 20;
    private static readonly string[] NoAllowances = ["Allowances:MonthlyCredits=0", "Allowances:DailyChat=0", "Allowances:DailyImages=0", "Moderation:Strikes=1000000"];

    private Workshop(Site site, IReadOnlyList<ScriptedMaker> makers) => (Site, Makers) = (site, makers);

    public Site Site { get; }
    public IReadOnlyList<ScriptedMaker> Makers { get; }
    public ScriptedMaker Maker => Makers[0];
    public long UserId { get; private set; }
    public string Person { get; private set; } = "";
    public string Garment { get; private set; } = "";
    public Generator Generator => Site.Services.GetRequiredService<Generator>();

    public static async Task<Workshop> OpenAsync(
        Engine engine = Engine.Sqlite, long credits = 1_000, Action<WebApplicationBuilder>? adjust = null, params ScriptedMaker[] makers)
    {
        makers = makers.Length > 0 ? makers : [new ScriptedMaker()];
        var site = await Site.StartAsync(engine, builder =>
        {
            Put(builder, makers);
            adjust?.Invoke(builder);
        }, NoAllowances);
        var shop = new Workshop(site, makers);
        (shop.UserId, shop.Person, shop.Garment) = await shop.JoinAsync("asha@example.org", credits);
        return shop;
    }

    /// <summary>With the true adapters: jobs go over real wires, to the sandbox or to a simulated company.</summary>
    public static Task<Workshop> OpenRealAsync(params string[] settings) => OpenRealAsync(Engine.Sqlite, settings);

    public static async Task<Workshop> OpenRealAsync(Engine engine, params string[] settings)
    {
        var site = await Site.StartAsync(engine, null, [.. NoAllowances, "environment=Measurement", .. settings]);
        var shop = new Workshop(site, []);
        (shop.UserId, shop.Person, shop.Garment) = await shop.JoinAsync("asha@example.org", 10_000);
        return shop;
    }

    /// <summary>The same people and photos, met by another server on the same database.</summary>
    public async Task<Workshop> BesideAsync(params ScriptedMaker[] makers)
    {
        var site = await Site.BesideAsync(builder => Put(builder, makers), NoAllowances);
        return new Workshop(site, makers) { UserId = UserId, Person = Person, Garment = Garment };
    }

    /// <summary>Another person with a photo, a garment and credits.</summary>
    public async Task<(long Id, string Person, string Garment)> JoinAsync(string email, long credits)
    {
        var person = await Site.PersonAsync(email);
        if (credits > 0)
            await Site.GiveAsync(person.Id, credits);
        return (person.Id, await PhotoAsync(person.Id, Purpose.Person), await PhotoAsync(person.Id, Purpose.Garment));
    }

    public async Task<string> PhotoAsync(long ownerId, Purpose purpose)
    {
        var (media, id) = (Site.Services.GetRequiredService<MediaStore>(), BlobKeys.NewId());
        var stored = await media.StoreAsync(
            ownerId, id, BlobKeys.Upload(ownerId, id, "png"), FileTypes.Png, new MemoryStream(Drawing.Png()), null, default);
        await Site.Database.WriteAsync(write => media.Keep(write, stored, purpose).Id);
        return id;
    }

    public Task<SubmitOutcome> AskAsync(string clientId = "first", string category = "top") =>
        AskAsync((UserId, Person, Garment), clientId, category);

    /// <param name="scenario">For a maker that does as told.</param>
    public Task<SubmitOutcome> AskAsync(
        (long Id, string Person, string Garment) who, string clientId, string category = "top", string scenario = "") => AskAsync(
        who.Id, clientId, new ToolForm(
            new Dictionary<string, string> { [TryOnTool.Category] = category, ["scenario"] = scenario },
            new Dictionary<string, string> { [TryOnTool.Person] = who.Person, [TryOnTool.Garment] = who.Garment }));

    public async Task<SubmitOutcome> AskAsync(long userId, string clientId, ToolForm form)
    {
        var toolbox = Site.Services.GetRequiredService<Toolbox>();
        var asked = await toolbox.AskAsync(toolbox.Find("try-on")!, userId, clientId, form);
        return asked is ToolAnswer.Answered(var outcome) ? outcome : throw new InvalidOperationException($"The form was refused: {asked}");
    }

    public async Task<Job> SubmitAsync(string clientId = "first", string scenario = "") =>
        await AskAsync((UserId, Person, Garment), clientId, scenario: scenario) is SubmitOutcome.Submitted(var job) ? job : throw new InvalidOperationException("Not submitted.");

    public Task<Job> FindAsync(string id) => Site.ReadAsync(db => db.Jobs.SingleAsync(job => job.Id == id));

    /// <summary>Time passes in small steps until the job is so.</summary>
    public async Task<Job> UntilAsync(string id, Func<Job, bool> isSo, TimeSpan? step = null)
    {
        for (var i = 0; i < StepsMax; i++)
        {
            var job = await FindAsync(id);
            if (isSo(job))
                return job;
            if (i % 4 == 3)
                Site.Clock.Advance(step ?? TimeSpan.FromSeconds(1));
            Site.Services.GetRequiredService<JobBell>().Ring();
            await Task.Delay(5);
        }

        throw new TimeoutException($"{await FindAsync(id)}\n{string.Join('\n', Site.Log.Troubles)}");
    }

    public Task<Job> EndAsync(Job job, TimeSpan? step = null) => UntilAsync(job.Id, now => now.IsOver, step);

    /// <summary>Time creeps while somebody is at the job, and leaps to the next look when nobody is.</summary>
    public async Task<Job> LeapAsync(Job asked, Func<Job, bool> isSo, double leap = 2, double creep = 0.05)
    {
        for (var i = 0; i < StepsMax; i++)
        {
            var job = await FindAsync(asked.Id);
            if (isSo(job))
                return job;
            var wait = job.DueAt - Site.Clock.GetUtcNow();
            if (job.Worker is not null)
                Site.Clock.Advance(TimeSpan.FromSeconds(creep));
            else if (wait > TimeSpan.Zero)
                Site.Clock.Advance(TimeSpan.FromSeconds(Math.Min(wait.TotalSeconds, job.State == JobState.Saving ? SavingLeap : leap)));
            Site.Services.GetRequiredService<JobBell>().Ring();
            await Task.Delay(5);
        }

        throw new TimeoutException($"{await FindAsync(asked.Id)}\n{string.Join('\n', Site.Log.Troubles)}");
    }

    /// <summary>A call from outside, signed unless said otherwise.</summary>
    public async Task<int> CallAsync(Job job, string body, bool proved = true, string? token = null, string? provider = null, bool isSmall = false)
    {
        using var client = Site.NewBrowser();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"/hooks/providers/{provider ?? Maker.Name}/{job.Id}/{token ?? job.CallbackToken}");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (proved)
            request.Headers.Add(isSmall ? ScriptedMaker.Signature.ToLowerInvariant() : ScriptedMaker.Signature, "good");
        return (int)(await client.SendAsync(request)).Status;
    }

    /// <summary>What must hold after anything: every hold closed as its job ended, and books that replay.</summary>
    public async Task EnsureBooksAsync()
    {
        var verification = await Site.Services.GetRequiredService<Verifier>().VerifyAsync();
        if (!verification.IsGood)
            throw new InvalidOperationException($"The books are wrong: {verification.Fault}");
        await using var db = Site.Database.OpenReader();
        foreach (var job in await db.Jobs.ToListAsync())
        {
            var hold = await db.CreditHolds.SingleAsync(hold => hold.Reference == job.Reference);
            var expected = job.State switch
            {
                JobState.Done => HoldState.Settled,
                JobState.Failed or JobState.Cancelled => HoldState.Released,
                _ => HoldState.Open,
            };
            if (hold.State != expected || hold.Charged != job.Charged)
                throw new InvalidOperationException($"{job.Reference} is {job.State} for {job.Charged}, its hold {hold.State} for {hold.Charged}.");
            var results = await db.Results.CountAsync(result => result.JobId == job.Id);
            if (results > 0 != (job.State == JobState.Done))
                throw new InvalidOperationException($"{job.Reference} is {job.State} with {results} results.");
        }
    }

    public async Task<long> AvailableAsync() =>
        (await Site.Services.GetRequiredService<Balances>().OfAsync(UserId, "UTC")).Available;

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    private static void Put(WebApplicationBuilder builder, IEnumerable<ScriptedMaker> makers)
    {
        builder.Services.RemoveAll<IProvider>();
        foreach (var maker in makers)
            builder.Services.AddSingleton<IProvider>(maker);
    }
}
