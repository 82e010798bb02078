using Dressora.Tests.Harness;
using Dressora.Tests.Pages.Account;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Accounts;

/// <summary>Eight do the same thing in the same moment: one wins, nobody sees an error, nothing is half done.</summary>
public abstract class RaceTests(Engine engine) : IAsyncLifetime
{
    private const int Runners = 8;
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync(engine);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task A_confirmation_counts_once()
    {
        var person = await _site.PersonAsync(confirmed: false);
        var code = await CodeAsync(person, CodePurpose.Confirm);

        var answers = await RaceAsync(_ => Get<SignUps>().ConfirmAsync(code, Make.Password));

        Assert.Single(answers.OfType<Confirmation.Confirmed>());
        Assert.Equal(Runners - 1, answers.OfType<Confirmation.DeadLink>().Count());
    }

    [Fact]
    public async Task A_reset_counts_once_and_its_password_stays()
    {
        var person = await _site.PersonAsync();
        var code = await CodeAsync(person, CodePurpose.Reset);

        var answers = await RaceAsync(i => Get<Recovery>().SetAsync(code, $"brass kettle {i}"));

        var winner = Array.FindIndex(answers, answer => answer is NewPassword.Set);
        Assert.Single(answers.OfType<NewPassword.Set>());
        Assert.True(Get<Passwords>().Matches(await _site.ReadAsync(person), $"brass kettle {winner}", out var _));
        Assert.Equal(1, await _site.LettersAsync(person.Email!));
    }

    [Fact]
    public async Task Two_resets_asked_for_at_once_leave_one_letter_that_works()
    {
        var person = await _site.PersonAsync();

        await RaceAsync(_ => Get<Recovery>().AskAsync(person.Email));

        Assert.Equal(1, await _site.ReadAsync(db => db.MailedCodes.CountAsync(code => code.UserId == person.Id)));
    }

    [Fact]
    public async Task A_code_of_the_app_counts_once()
    {
        var person = await _site.PersonAsync();
        var code = _site.CodeFor(await _site.GiveTotpAsync(person));

        var answers = await RaceAsync(_ => Get<Factors>().TakeAsync(person.Id, code));

        Assert.Single(answers.OfType<Proof.Shown>());
    }

    [Fact]
    public async Task A_recovery_code_counts_once()
    {
        var person = await _site.PersonAsync();
        await _site.GiveTotpAsync(person);
        var code = (await Get<Factors>().RenewCodesAsync(person.Id))[0];

        var answers = await RaceAsync(_ => Get<Factors>().TakeAsync(person.Id, code));

        Assert.Single(answers.OfType<Proof.Shown>());
    }

    [Fact]
    public async Task Ten_recovery_codes_stay_ten_when_renewed_at_once()
    {
        var person = await _site.PersonAsync();

        await RaceAsync(_ => Get<Factors>().RenewCodesAsync(person.Id));

        Assert.Equal(RecoveryCode.Count, await _site.ReadAsync(db => db.RecoveryCodes.CountAsync(code => code.UserId == person.Id)));
    }

    [Fact]
    public async Task An_address_becomes_one_account()
    {
        var puzzles = Enumerable.Range(0, Runners).Select(_ => Get<Puzzles>().Make()).ToList();
        _site.Clock.Advance(TimeSpan.FromSeconds(9));

        var answers = await RaceAsync(i => Get<SignUps>().AskAsync(
            "noor@example.org", Make.Password, puzzles[i].Challenge, null, $"{puzzles[i].First + puzzles[i].Second}"));

        Assert.All(answers, answer => Assert.IsType<SignUp.Asked>(answer));
        Assert.Equal(1, await _site.ReadAsync(db => db.Users.CountAsync()));
        Assert.Equal(1, await _site.ReadAsync(db => db.MailedCodes.CountAsync()));
    }

    [Fact]
    public async Task A_puzzle_opens_one_account()
    {
        var puzzle = Get<Puzzles>().Make();
        _site.Clock.Advance(TimeSpan.FromSeconds(9));

        var answers = await RaceAsync(i => Get<SignUps>().AskAsync(
            NewEmail(), Make.Password, new string(' ', i) + puzzle.Challenge, null, $"{puzzle.First + puzzle.Second}"));

        Assert.Single(answers.OfType<SignUp.Asked>());
        Assert.Equal(1, await _site.ReadAsync(db => db.Users.CountAsync()));
    }

    [Fact]
    public async Task A_providers_answer_makes_one_account()
    {
        var answers = await RaceAsync(_ => Get<ForeignLogins>().ArriveAsync(Foreign("1", "noor@example.org")));

        Assert.Single(answers.OfType<ForeignSignIn.Joined>());
        Assert.Equal(Runners - 1, answers.OfType<ForeignSignIn.Known>().Count());
    }

    [Fact]
    public async Task Two_providers_logins_with_one_address_make_one_account()
    {
        var answers = await RaceAsync(i => Get<ForeignLogins>().ArriveAsync(Foreign($"{i}", "noor@example.org")));

        Assert.Single(answers.OfType<ForeignSignIn.Joined>());
        Assert.Equal(Runners - 1, answers.OfType<ForeignSignIn.ConnectFirst>().Count());
    }

    [Fact]
    public async Task A_providers_login_is_connected_to_one_account()
    {
        var people = await PeopleAsync();

        var answers = await RaceAsync(i => Get<ForeignLogins>().ConnectAsync(people[i].Id, Foreign("1", "noor@example.org")));

        Assert.Single(answers.OfType<ForeignSignIn.Joined>());
        Assert.Equal(Runners - 1, answers.OfType<ForeignSignIn.TakenByAnother>().Count());
    }

    [Fact]
    public async Task Of_two_last_ways_in_one_stays()
    {
        var person = ((ForeignSignIn.Joined)await Get<ForeignLogins>().ArriveAsync(Foreign("1", "noor@example.org"))).UserId;
        await Get<ForeignLogins>().ConnectAsync(person, Foreign("2", "noor@example.org") with { Provider = "other" });

        var answers = await RaceAsync(i => Get<ForeignLogins>().DisconnectAsync(person, i % 2 == 0 ? "google" : "other", ""));

        Assert.Single(await Get<ForeignLogins>().OfAsync(person));
        Assert.Contains(false, answers);
    }

    [Fact]
    public async Task An_address_moves_to_one_account()
    {
        var people = await PeopleAsync();
        var codes = new List<string>();
        foreach (var person in people)
            codes.Add(await CodeAsync(person, CodePurpose.Move, "new@example.org"));

        var answers = await RaceAsync(i => Get<Profiles>().MoveAsync(people[i].Id, codes[i]));

        Assert.Single(answers, Move.Moved);
        Assert.Equal(1, await _site.ReadAsync(db => db.Users.CountAsync(user => user.Email == "new@example.org")));
    }

    [Fact]
    public async Task A_house_has_one_owner()
    {
        var answers = await RaceAsync(i => Get<Staff>().FoundAsync("Owner", Address.Read($"owner{i}@example.org")!, Make.Password));

        Assert.Single(answers, id => id is not null);
        Assert.Equal(1, await _site.ReadAsync(db => db.Users.CountAsync(user => user.Role == Role.Owner)));
    }

    [Fact]
    public async Task An_invitation_makes_one_account()
    {
        await RaceAsync(_ => Get<Staff>().InviteAsync("noor@example.org", "Noor", Role.Person, 0));

        Assert.Equal(1, await _site.ReadAsync(db => db.Users.CountAsync()));
        Assert.Equal(1, await _site.ReadAsync(db => db.MailedCodes.CountAsync()));
    }

    [Fact]
    public async Task Who_keeps_the_account_while_it_is_swept_has_it_or_not_but_never_half()
    {
        var people = await PeopleAsync();
        await _site.Database.WriteAsync(async write =>
        {
            foreach (var person in await write.Db.Users.ToListAsync())
                person.AskDeletion(write.Now - AppUser.DeletionGrace);
        });

        var kept = await RaceAsync(async i => i == 0
            ? await Get<Departures>().SweepAsync() < 0
            : await TryAsync(() => Get<Departures>().KeepAsync(people[i].Id)));

        var left = await _site.ReadAsync(db => db.Users.Select(user => user.Id).ToListAsync());
        Assert.Equal(people.Where((_, i) => kept[i]).Select(person => person.Id).Order(), left.Order());
    }

    [Fact]
    public async Task A_session_is_renewed_once()
    {
        var person = await _site.PersonAsync();
        using var browser = await _site.EnterAsync(person);
        var session = (await _site.OpenSessionsAsync(person.Id)).Single().Id;

        var renewed = await RaceAsync(_ => Get<Sessions>().ProveAsync(session, factorShown: false));

        Assert.Single(renewed, one => one is not null);
        Assert.Single(await _site.OpenSessionsAsync(person.Id));
    }

    private static ForeignPerson Foreign(string key, string email) => new("google", "Google", key, email, true, "Noor");

    private T Get<T>() where T : notnull => _site.Services.GetRequiredService<T>();

    private async Task<List<AppUser>> PeopleAsync()
    {
        var people = new List<AppUser>();
        for (var i = 0; i < Runners; i++)
            people.Add(await _site.PersonAsync($"person{i}@example.org"));
        return people;
    }

    private Task<string> CodeAsync(AppUser person, CodePurpose purpose, string? email = null) => _site.Database.WriteAsync(
        write => MailedCodes.ReplaceAsync(write, person.Id, purpose, email ?? person.Email!));

    /// <summary>Somebody whose account was swept a moment ago is nobody: their session would have said so.</summary>
    private static async Task<bool> TryAsync(Func<Task<bool>> act)
    {
        try
        {
            return await act();
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task<T[]> RaceAsync<T>(Func<int, Task<T>> run)
    {
        using var line = new Barrier(Runners);
        return await Task.WhenAll(Enumerable.Range(0, Runners).Select(i => Task.Factory.StartNew(
            () =>
            {
                line.SignalAndWait();
                return run(i);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }
}

public sealed class SqliteRaceTests() : RaceTests(Engine.Sqlite);

[Trait("needs", "postgres")]
public sealed class PostgresRaceTests() : RaceTests(Engine.Postgres);
