using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

[Authorize(Doors.Staff)]
public sealed class ModelModel(DressoraDb db, ModelShelf shelf, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public Model Known { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id)
    {
        if (!await FindAsync(id))
            return NotFound();
        Form = new Input
        {
            Title = Known.Title,
            Price = Known.Price,
            Position = Known.Position,
            LifeSeconds = Known.LifeSeconds,
            DailyMax = Known.DailyMax,
            IsEnabled = Known.IsEnabled,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id)
    {
        if (!await FindAsync(id))
            return NotFound();
        var change = new ModelChange(Form.Title?.Trim() ?? "", Form.Position, Form.IsEnabled, Form.Price, Form.LifeSeconds, Form.DailyMax);
        if (ModelState.IsValid && ModelShelf.Refuse(change) is { } field)
            ModelState.AddModelError("Form." + field, words["This is out of bounds."]);
        if (!ModelState.IsValid)
            return Refused();
        await shelf.ChangeAsync(id, change, HttpContext.Person().UserId);
        Say(words["Saved. It counts from the next job on."]);
        return RedirectSeeOther("/admin/models");
    }

    private async Task<bool> FindAsync(long id)
    {
        if (await db.Models.SingleOrDefaultAsync(model => model.Id == id) is not { } known)
            return false;
        Known = known;
        return true;
    }

    public sealed class Input
    {
        public string? Title { get; set; }
        public long Price { get; set; }
        public int Position { get; set; }
        public long LifeSeconds { get; set; }
        public int? DailyMax { get; set; }
        public bool IsEnabled { get; set; }
    }
}
