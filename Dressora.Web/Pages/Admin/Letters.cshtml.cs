using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Notices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Pages.Admin;

[Authorize(Doors.Staff)]
public sealed class LettersModel(DressoraDb db, Mailbox mailbox) : Room
{
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    public bool Delivers => mailbox.Delivers;
    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        var letters = Enum.TryParse<MailState>(State, out var state) ? db.Mails.Where(m => m.State == state) : db.Mails;
        Pager = new Pager(Pager.Read(Request.Query), await letters.CountAsync(), Request.Query);
        Lines = await letters.OrderByDescending(m => m.Id).Skip(Pager.Skip).Take(Pager.Rows)
            .Select(m => new Line(m.Id, m.Recipient, m.Subject, m.State, m.CreatedAt, m.LastError)).ToListAsync();
    }

    public sealed record Line(long Id, string Recipient, string Subject, MailState State, DateTimeOffset CreatedAt, string LastError);
}
