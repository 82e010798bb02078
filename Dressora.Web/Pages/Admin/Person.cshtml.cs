using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Moderation;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

[Authorize(Doors.Staff)]
public sealed class PersonModel(DressoraDb db, Staff staff, Strikes strikes, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public AppUser Person { get; private set; } = null!;
    public PersonState State { get; private set; }
    public int Sessions { get; private set; }
    public int Passkeys { get; private set; }
    public IReadOnlyList<Strike> Strikes { get; private set; } = [];
    public DateTimeOffset? PausedUntil { get; private set; }
    public IReadOnlyList<AuditEntry> Audit { get; private set; } = [];

    public bool IsMe => Id == Actor;
    public bool MayChangeRole => HttpContext.Person().Role == Role.Owner && Person.Role != Role.Owner;

    private long Actor => HttpContext.Person().UserId;
    private string Here => $"/admin/people/{Id}";

    public async Task<IActionResult> OnGetAsync()
    {
        if (await db.Users.SingleOrDefaultAsync(user => user.Id == Id) is not { } person)
            return NotFound();
        var now = clock.GetUtcNow();
        var subject = $"person {Id}";
        Person = person;
        State = PersonStates.Of(person.EmailConfirmed, person.SuspendedAt is not null, person.DeletionDueAt is not null);
        Sessions = await db.Sessions.CountAsync(s => s.UserId == Id && s.EndedAt == null && s.ExpiresAt > now);
        Passkeys = await db.UserPasskeys.CountAsync(p => p.UserId == Id);
        Strikes = await strikes.OfAsync(Id);
        PausedUntil = await strikes.PauseAsync(Id);
        Audit = await db.AuditEntries.Where(e => e.Subject == subject).OrderByDescending(e => e.Id).Take(20).ToListAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostStrikesAsync() =>
        Told(await strikes.ClearAsync(Id, Actor) > 0, words["Cleared: that person can ask again."]);

    public async Task<IActionResult> OnPostConfirmAsync() =>
        Told(await staff.ConfirmAsync(Id, Actor), words["The address counts as confirmed."]);

    public async Task<IActionResult> OnPostRestoreAsync() =>
        Told(await staff.RestoreAsync(Id, Actor), words["The account is open again."]);

    public async Task<IActionResult> OnPostEndAsync()
    {
        await staff.SignOutAsync(Id, Actor);
        return Told(true, words["Signed out everywhere."]);
    }

    public async Task<IActionResult> OnPostSuspendAsync(string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 300)
            return Told(false, "");
        return Told(await staff.SuspendAsync(Id, Actor, reason.Trim()), words["Suspended, and signed out everywhere."]);
    }

    public async Task<IActionResult> OnPostRoleAsync(Role role) =>
        Told(await staff.ChangeRoleAsync(Id, role, Actor), words["The role is changed; that person signs in anew."]);

    private SeeOtherResult Told(bool worked, string text)
    {
        if (worked)
            Say(text);
        else
            Say(words["Nothing changed: it was so already, is not allowed, or the reason is missing."], Tone.Warn);
        return RedirectSeeOther(Here);
    }
}
