using System.Collections.Concurrent;
using Dressora.Tests.Harness;
using Dressora.Tests.Pages.Account;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Accounts;

/// <summary>
/// Whether an address has an account cannot be told by how long an answer takes: it costs as many hashes and commits
/// either way. Counted, because clocks lie.
/// </summary>
public sealed class WorkTests : IAsyncLifetime
{
    private readonly Tally _tally = new();
    private Site _site = null!;
    private PlainBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync(adjust: Count);
        _browser = _site.NewBrowser();
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Signing_in_costs_the_same_for_a_stranger_and_a_wrong_password()
    {
        var person = await _site.PersonAsync(NewEmail());
        var without = await _site.PersonAsync(NewEmail());
        await _site.Database.WriteAsync(async write => (await write.Db.Users.SingleAsync(u => u.Id == without.Id)).Arrive(""));
        await CostAsync(() => _browser.TrySignInAsync("first@example.org", "another sentence"));

        var wrong = await CostAsync(() => _browser.TrySignInAsync(person.Email!, "another sentence"));

        Assert.Equal(new Cost(Hashes: 0, Checks: 1, Commits: 0), wrong);
        Assert.Equal(wrong, await CostAsync(() => _browser.TrySignInAsync("nobody@example.org", "another sentence")));
        Assert.Equal(wrong, await CostAsync(() => _browser.TrySignInAsync("no address", "another sentence")));
        Assert.Equal(wrong, await CostAsync(() => _browser.TrySignInAsync(without.Email!, "another sentence")));
        Assert.Equal(wrong, await CostAsync(() => _browser.TrySignInAsync(person.Email!, new string('x', 10_000))));
    }

    [Fact]
    public async Task Asking_for_a_new_password_costs_the_same_for_everybody()
    {
        var person = await _site.PersonAsync(NewEmail());
        var suspended = await _site.PersonAsync(NewEmail());
        await _site.Database.WriteAsync(async write => (await write.Db.Users.SingleAsync(u => u.Id == suspended.Id)).Suspend(write.Now));
        var page = await _browser.GetAsync("/account/reset");

        var known = await CostAsync(() => _browser.SubmitAsync(page, "main form", new { person.Email }));

        Assert.Equal(new Cost(Hashes: 0, Checks: 0, Commits: 1), known);
        Assert.Equal(known, await CostAsync(() => _browser.SubmitAsync(page, "main form", new { Email = "nobody@example.org" })));
        Assert.Equal(known, await CostAsync(() => _browser.SubmitAsync(page, "main form", new { suspended.Email })));
        Assert.Equal(known, await CostAsync(() => _browser.SubmitAsync(page, "main form", new { Email = "no address" })));
    }

    [Fact]
    public async Task Signing_up_costs_the_same_for_a_new_and_a_known_address()
    {
        var confirmed = await _site.PersonAsync(NewEmail());
        var asked = await _site.PersonAsync(NewEmail(), confirmed: false);

        var fresh = await SignUpAsync(NewEmail());

        Assert.Equal(new Cost(Hashes: 1, Checks: 0, Commits: 1), fresh);
        Assert.Equal(fresh, await SignUpAsync(confirmed.Email!));
        Assert.Equal(fresh, await SignUpAsync(asked.Email!));
    }

    [Fact]
    public async Task A_dead_link_costs_no_hash()
    {
        var confirm = await _browser.GetAsync("/account/confirm?code=nonsense");
        var request = new HttpRequestMessage(HttpMethod.Post, "/account/new-password")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Code"] = "nonsense",
                ["Password"] = Make.Password,
                ["__RequestVerificationToken"] = confirm.Find("input[name=__RequestVerificationToken]").GetAttribute("value")!,
            }),
        };

        Assert.Equal(new Cost(0, 0, 0), await CostAsync(() => _browser.SubmitAsync(confirm, "main form", new { Password = Make.Password })));
        Assert.Equal(new Cost(0, 0, 0), await CostAsync(() => _browser.SendAsync(request)));
    }

    [Fact]
    public async Task No_password_is_hashed_while_others_wait_to_write()
    {
        var person = await _site.PersonAsync(NewEmail(), confirmed: false);
        await _browser.TrySignInAsync(person.Email!);
        var confirm = await _browser.GetAsync(Make.LinkIn(await _site.LetterAsync(person.Email!)));
        await _browser.SubmitAsync(confirm, "main form", new { Password = Make.Password });
        await _browser.SubmitAsync(await _browser.GetAsync("/account/password"), "main form", new { Password = "seven brass kettles" });

        Assert.Equal(0, _tally.HashedInsideAWrite);
    }

    private async Task<Cost> SignUpAsync(string email)
    {
        var page = await _browser.GetAsync("/account/new");
        _site.Clock.Advance(TimeSpan.FromSeconds(9));
        return await CostAsync(() => _browser.SubmitAsync(
            page, "form[data-puzzle]", new { Form_Email = email, Form_Password = Make.Password, Form_Sum = Make.SumIn(page) }));
    }

    private async Task<Cost> CostAsync(Func<Task<Answer>> act)
    {
        _tally.Forget();
        await act();
        return _tally.Cost;
    }

    private void Count(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var writer = services.Last(service => service.ServiceType == typeof(IWriter)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton<IWriter>(provider =>
            new CountingWriter((IWriter)writer(provider), provider.GetRequiredService<IHttpContextAccessor>(), _tally)));
        services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<AppUser>>(new CountingHasher(_tally)));
    }

    private sealed record Cost(int Hashes, int Checks, int Commits);

    private sealed class Tally
    {
        private readonly ConcurrentDictionary<string, int> _counts = new();

        internal AsyncLocal<bool> Writing { get; } = new();
        internal int HashedInsideAWrite => _counts.GetValueOrDefault("inside");
        internal Cost Cost => new(_counts.GetValueOrDefault("hash"), _counts.GetValueOrDefault("check"), _counts.GetValueOrDefault("commit"));

        internal void Add(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

        internal void Forget() => _counts.Clear();
    }

    /// <summary>Counts what requests write; the letters' sender writes by itself.</summary>
    private sealed class CountingWriter(IWriter writer, IHttpContextAccessor request, Tally tally) : IWriter
    {
        public Task<T> WriteAsync<T>(Func<Write, Task<T>> work, CancellationToken cancel)
        {
            if (request.HttpContext is not null)
                tally.Add("commit");
            return writer.WriteAsync(
                write =>
                {
                    tally.Writing.Value = true;
                    return work(write);
                },
                cancel);
        }

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }

    /// <summary>A real hash of one round: the count is what matters here.</summary>
    private sealed class CountingHasher(Tally tally) : IPasswordHasher<AppUser>
    {
        private readonly PasswordHasher<AppUser> _hasher = new(
            Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 1 }));

        public string HashPassword(AppUser user, string password)
        {
            Note("hash");
            return _hasher.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
        {
            Note("check");
            var result = _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
            return result == PasswordVerificationResult.Failed ? result : PasswordVerificationResult.Success;
        }

        private void Note(string what)
        {
            tally.Add(what);
            if (tally.Writing.Value)
                tally.Add("inside");
        }
    }
}
