using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

/// <summary>Leaving: asked for, slept over for seven days, then done.</summary>
public sealed class Departures(Database database, Letters letters, IEnumerable<Farewell> farewells)
{
    public const int Step = 20;

    /// <summary>False for the owner of the house, who cannot leave it empty.</summary>
    public Task<bool> AskAsync(long userId, long sessionId) => database.WriteAsync(async write =>
    {
        var person = await HeldPerson.OfAsync(write, userId);
        if (!person.AskDeletion(write.Now))
            return false;
        await Sessions.EndAllAsync(write, userId, sessionId);
        letters.Leaving(write, person);
        return true;
    });

    public Task<bool> KeepAsync(long userId) => database.WriteAsync(async write =>
        (await HeldPerson.OfAsync(write, userId)).KeepAccount());

    /// <summary>Deletes a bounded number of accounts whose time has come; says how many.</summary>
    public Task<int> SweepAsync() => database.WriteAsync(async write =>
    {
        var due = await write.Db.Users.Where(user => user.DeletionDueAt != null && user.DeletionDueAt <= write.Now)
            .OrderBy(user => user.DeletionDueAt).Take(Step).Select(user => user.Id).ToListAsync();
        foreach (var id in due)
        {
            // Somebody may keep the account in this very moment.
            if (await HeldPerson.FindAsync(write, id) is not { } person || !(person.DeletionDueAt <= write.Now))
                continue;
            await write.Db.Mails.Where(mail => mail.Recipient == person.Email).ExecuteDeleteAsync();
            foreach (var farewell in farewells)
                await farewell(write, person.Id);
            write.Db.Users.Remove(person);
            write.Audit(0, "delete", $"person {person.Id}", "asked for by the person");
        }

        return due.Count;
    });
}
