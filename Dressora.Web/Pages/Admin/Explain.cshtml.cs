using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Dressora.Web.Pages.Credits;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>The life of the credits under one reference, for whoever has to answer a question about them.</summary>
[Authorize(Doors.Staff)]
public sealed class ExplainModel(Balances balances, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    private const int LengthMax = 300;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Asked { get; set; }

    /// <summary>Null while nothing was asked.</summary>
    public Explanation? Life { get; private set; }
    public CreditWords InWords { get; private set; } = null!;
    public IReadOnlyList<StatementLine> Lines { get; private set; } = [];

    public long? Owner => Life?.Hold?.UserId ?? Life?.Grant?.UserId ?? Lines.Select(line => (long?)line.Entry.UserId).FirstOrDefault();

    public async Task OnGetAsync()
    {
        InWords = new CreditWords(words, Zone.Utc, clock.GetUtcNow());
        if (Asked?.Trim() is not { Length: > 0 and <= LengthMax } reference)
            return;
        Life = await balances.ExplainAsync(reference);
        Lines = [.. Life.Entries.Select(entry => new StatementLine(entry, entry.GrantId is { } id ? Life.Grants[id] : null))];
    }
}
