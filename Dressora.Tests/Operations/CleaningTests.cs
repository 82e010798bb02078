using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Dressora.Web.Notices;
using Dressora.Web.Operations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Operations;

/// <summary>What nobody needs any more goes, on whichever engine.</summary>
public abstract class Cleanings(Engine engine) : IAsyncLifetime
{
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync(engine);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Puzzles_go_when_they_could_not_be_used_any_more()
    {
        await _site.WriteAsync(write =>
        {
            write.Db.SpentPuzzles.Add(new SpentPuzzle("old", write.Now));
            write.Db.SpentPuzzles.Add(new SpentPuzzle("new", write.Now.AddHours(1)));
        });
        _site.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("1 rows", await Cleaning.PuzzlesAsync(_site.Services, default));

        Assert.Equal(["new"], await _site.ReadAsync(db => db.SpentPuzzles.Select(puzzle => puzzle.Hash).ToListAsync()));
    }

    [Fact]
    public async Task More_than_a_step_goes_in_steps()
    {
        await _site.WriteAsync(write => write.Db.SpentPuzzles.AddRange(
            Enumerable.Range(0, (Cleaning.RowsAStep * 2) + 1).Select(i => new SpentPuzzle($"{i}", write.Now))));
        _site.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal($"{(Cleaning.RowsAStep * 2) + 1} rows", await Cleaning.PuzzlesAsync(_site.Services, default));

        Assert.Equal(0, await _site.ReadAsync(db => db.SpentPuzzles.CountAsync()));
    }

    [Fact]
    public async Task Sessions_go_thirty_days_after_their_end()
    {
        var person = await _site.PersonAsync();
        await _site.WriteAsync(write =>
        {
            var ended = new Session(person.Id, "ended", "", true, write.Now);
            ended.End(write.Now);
            write.Db.Sessions.AddRange(
                ended, new Session(person.Id, "brief", "", false, write.Now), new Session(person.Id, "open", "", true, write.Now));
        });

        _site.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal("0 rows", await Cleaning.SessionsAsync(_site.Services, default));
        _site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("1 rows", await Cleaning.SessionsAsync(_site.Services, default));
        _site.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal("1 rows", await Cleaning.SessionsAsync(_site.Services, default));

        Assert.Equal(["open"], await _site.ReadAsync(db => db.Sessions.Select(session => session.Device).ToListAsync()));
    }

    [Fact]
    public async Task Codes_go_a_day_after_they_were_used_or_ran_out()
    {
        var person = await _site.PersonAsync();
        await _site.WriteAsync(write =>
        {
            var used = MailedCode.Make(person.Id, CodePurpose.Confirm, "used@example.org", write.Now, out _);
            used.Use(write.Now);
            write.Db.MailedCodes.AddRange(
                used,
                MailedCode.Make(person.Id, CodePurpose.Reset, "brief@example.org", write.Now, out _),
                MailedCode.Make(person.Id, CodePurpose.Move, "open@example.org", write.Now, out _));
        });

        Assert.Equal("0 rows", await Cleaning.CodesAsync(_site.Services, default));
        _site.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(11));
        Assert.Equal("2 rows", await Cleaning.CodesAsync(_site.Services, default));

        Assert.Equal(["open@example.org"], await _site.ReadAsync(db => db.MailedCodes.Select(code => code.Email).ToListAsync()));
    }

    [Fact]
    public async Task Letters_go_two_weeks_after_they_were_sent_but_not_before_they_are()
    {
        await _site.WriteAsync(write =>
        {
            var sent = new Mail("sent@example.org", "", "", write.Now);
            sent.Sent(write.Now, left: true);
            write.Db.Mails.AddRange(sent, new Mail("waits@example.org", "", "", write.Now.AddDays(60)));
        });

        _site.Clock.Advance(TimeSpan.FromDays(14));
        Assert.Equal("0 rows", await Cleaning.MailsAsync(_site.Services, default));
        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        await Cleaning.MailsAsync(_site.Services, default);

        Assert.Equal(["waits@example.org"], await _site.ReadAsync(db => db.Mails.Select(mail => mail.Recipient).ToListAsync()));
    }

    [Fact]
    public async Task Accounts_go_when_their_grace_is_over()
    {
        var leaving = await _site.PersonAsync("leaving@example.org");
        await _site.PersonAsync("staying@example.org");
        await _site.Database.WriteAsync(async write =>
            (await write.Db.Users.SingleAsync(user => user.Id == leaving.Id)).AskDeletion(write.Now));

        Assert.Equal("0 rows", await Cleaning.AccountsAsync(_site.Services, default));
        _site.Clock.Advance(AppUser.DeletionGrace);
        await Cleaning.AccountsAsync(_site.Services, default);

        Assert.Equal(["staying@example.org"], await _site.ReadAsync(db => db.Users.Select(user => user.Email!).ToListAsync()));
    }
}

public sealed class SqliteCleaningTests() : Cleanings(Engine.Sqlite);

[Trait("needs", "postgres")]
public sealed class PostgresCleaningTests() : Cleanings(Engine.Postgres);
