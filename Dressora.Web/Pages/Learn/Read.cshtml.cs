using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Pages.Learn;

public sealed class ReadModel : Room
{
    public Article Article { get; private set; } = null!;

    public IActionResult OnGet(string slug)
    {
        if (Article.All.FirstOrDefault(article => article.Slug == slug) is not { } article)
            return NotFound();
        Article = article;
        return Page();
    }
}
