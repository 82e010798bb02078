using System.Globalization;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Dressora.Web.Media;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Operations;

/// <summary>Made-up people with made-up histories, to develop and to measure with. Never beside real ones.</summary>
internal static class Seeding
{
    private const string Domain = "@seed.invalid";
    private const string Password = "seeded for measuring";
    private const int PeopleMax = 100_000;
    private const int ResultsMax = 10_000;
    private const int GrantsEach = 3;
    private const int Price = 20;

    /// <summary>A plain picture of 256 by 342, so that everybody has somebody to dress.</summary>
    private static readonly byte[] Photo = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAQAAAAFWAQMAAAC8a9HPAAAAA1BMVEWWeG4TCEY5AAAAIklEQVR42u3BAQ0AAADCoPdPbQ43oAAA"
        + "AAAAAAAAAACAbwMsFgABHRws3QAAAABJRU5ErkJggg==");

    internal static async Task<int> RunAsync(VerbCall call, CancellationToken cancel)
    {
        if (Number(call, "people", PeopleMax) is not { } people || Number(call, "results", ResultsMax) is not { } results
            || Number(call, "credits", (int)Grant.AmountMax) is not { } credits || Number(call, "last", (int)Grant.AmountMax) is not { } last
            || Number(call, "life", (int)Model.LifeMax.TotalSeconds) is not { } life)
        {
            await call.SayAsync("people, results, credits, last (the last one's credits) and life (seconds a maker may take) are whole numbers of a sensible size.");
            return Exit.Refused;
        }

        var database = call.Services.GetRequiredService<Database>();
        await using (var db = database.OpenReader())
        {
            if (await db.Users.AnyAsync(user => !user.Email!.EndsWith(Domain), cancel))
            {
                await call.SayAsync("Real people live in this database. Seed an empty one: --data and a new folder.");
                return Exit.Refused;
            }
        }

        var seed = new Seed(
            call.Services.GetRequiredService<CreditLedger>(), call.Services.GetRequiredService<MediaStore>(),
            call.Services.GetRequiredService<Passwords>().Hash(Password), results);
        for (var n = 1; n <= people && !cancel.IsCancellationRequested; n++)
        {
            var (number, has) = (n, n == people && last > 0 ? last : credits);
            if (await database.WriteAsync(write => seed.PersonAsync(write, number, has), CancellationToken.None) is { } userId)
                await seed.PhotoAsync(database, userId);
        }

        if (life >= Model.LifeMin.TotalSeconds)
            await database.WriteAsync(write => write.RunAsync($"UPDATE models SET life_seconds = {life}"), CancellationToken.None);
        await call.SayAsync($"{people} people, person1{Domain} and on, all with the password \"{Password}\".");
        return Exit.Done;
    }

    private static int? Number(VerbCall call, string option, int most) =>
        call[option].Length == 0 ? 0
        : int.TryParse(call[option], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number
        : null;

    private sealed record Seed(CreditLedger Ledger, MediaStore Media, string Hash, int Results)
    {
        /// <summary>Null for one who is there already.</summary>
        internal async Task<long?> PersonAsync(Write write, int number, int credits)
        {
            var address = Address.Read($"person{number}{Domain}")!;
            if (await write.Db.Users.AnyAsync(user => user.NormalizedEmail == address.Normalized))
                return null;
            var person = new AppUser(address.Email, address.Normalized, write.Now);
            person.SetPassword(Hash);
            person.Confirm();
            person.Enter("", "", write.Now);
            write.Db.Users.Add(person);
            await write.SaveAsync();
            // Each result costs its price on top of the credits that are to be left.
            var each = (credits + (long)Results * Price + GrantsEach - 1) / GrantsEach;
            for (var i = 0; i < GrantsEach && each > 0; i++)
            {
                await Ledger.GrantAsync(write, new GrantOrder(
                    person.Id, Category.Paid, each, write.Now, write.Now.AddDays(365 + i), $"seed:{person.Id}:{i}", "seed"));
            }

            for (var i = 0; i < Results; i++)
            {
                var reference = $"seed:{person.Id}:job:{i}";
                await Ledger.FreezeAsync(write, new Command("freeze:" + reference), person.Id, Price, reference);
                await Ledger.SettleAsync(write, new Command("settle:" + reference), reference, Price);
            }

            return person.Id;
        }

        internal async Task PhotoAsync(Database database, long userId)
        {
            using var content = new MemoryStream(Photo, writable: false);
            var id = BlobKeys.NewId();
            var stored = await Media.StoreAsync(userId, id, BlobKeys.Upload(userId, id, "png"), FileTypes.Png, content, null, CancellationToken.None);
            await database.WriteAsync(
                write => Media.Keep(write, stored with { Width = 256, Height = 342 }, Purpose.Person, "Seed").Id, CancellationToken.None);
        }
    }
}
