using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Pages.Admin;

[Authorize(Doors.Staff)]
public sealed class PeopleModel(DressoraDb db, Balances balances) : Room
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public IReadOnlyDictionary<long, Sums> Credits { get; private set; } = new Dictionary<long, Sums>();
    public Pager Pager { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        var people = Filtered();
        Pager = new Pager(Pager.Read(Request.Query), await people.CountAsync(), Request.Query);
        Lines = await Project(Sorted(people).Skip(Pager.Skip).Take(Pager.Rows)).ToListAsync();
        Credits = await balances.SumsAsync([.. Lines.Select(line => line.Id)]);
    }

    public async Task<IActionResult> OnGetCsvAsync()
    {
        var lines = await Project(Sorted(Filtered()).Take(Csv.RowsMax)).ToListAsync();
        return Csv.File(
            "people.csv",
            ["number", "name", "e-mail", "role", "joined", "last seen", "state"],
            lines.Select(line => (IReadOnlyList<object?>)
                [line.Id, line.Name, line.Email, line.Role.ToString(), line.CreatedAt, line.SeenAt, line.State.ToString()]));
    }

    private IQueryable<AppUser> Filtered()
    {
        var people = db.Users.AsQueryable();
        if (Search?.Trim() is { Length: > 0 and <= 200 } search)
        {
            var folded = search.ToUpperInvariant();
            var number = long.TryParse(search, out var id) ? id : 0;
            people = people.Where(p => p.Id == number || p.NormalizedEmail!.Contains(folded) || p.Name.Contains(search));
        }

        return State switch
        {
            nameof(PersonState.Active) => people.Where(p => p.EmailConfirmed && p.SuspendedAt == null && p.DeletionDueAt == null),
            nameof(PersonState.Unconfirmed) => people.Where(p => !p.EmailConfirmed),
            nameof(PersonState.Suspended) => people.Where(p => p.SuspendedAt != null),
            nameof(PersonState.Leaving) => people.Where(p => p.DeletionDueAt != null),
            "Staff" => people.Where(p => p.Role != Role.Person),
            _ => people,
        };
    }

    private IQueryable<AppUser> Sorted(IQueryable<AppUser> people) => Sort switch
    {
        "name" => people.OrderBy(p => p.NormalizedEmail),
        "joined" => people.OrderByDescending(p => p.CreatedAt).ThenByDescending(p => p.Id),
        _ => people.OrderByDescending(p => p.SeenAt).ThenByDescending(p => p.Id),
    };

    private static IQueryable<Line> Project(IQueryable<AppUser> people) => people.Select(p => new Line(
        p.Id, p.Name, p.Email!, p.Role, p.CreatedAt, p.SeenAt, p.EmailConfirmed, p.SuspendedAt != null, p.DeletionDueAt != null));

    public sealed record Line(
        long Id, string Name, string Email, Role Role, DateTimeOffset CreatedAt, DateTimeOffset SeenAt,
        bool IsConfirmed, bool IsSuspended, bool IsLeaving)
    {
        public PersonState State => PersonStates.Of(IsConfirmed, IsSuspended, IsLeaving);
    }
}
