using Dressora.Web.Generation;
using Dressora.Web.Media;
using Dressora.Web.Providers;
using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Pages.Gallery;

/// <summary>A shared result, for anybody who has its link.</summary>
public sealed class SharedModel(Shares shares, ProviderCatalog providers, MediaAddresses addresses) : Room
{
    /// <summary>The picture's own address outlives a link that is taken back by no more than this.</summary>
    private static readonly TimeSpan PictureLife = TimeSpan.FromMinutes(5);

    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    public SharedResult? Result { get; private set; }

    /// <summary>A collage of this server's own; no model made it.</summary>
    public bool IsQuick => providers.Find(Result!.Maker) is { Traits.IsQuick: true };
    public string Picture => $"{addresses.Sign(Result!.MediaId, PictureLife)}&w={(Request.Headers["Save-Data"] == "on" ? 640 : 1280)}";

    public async Task OnGetAsync()
    {
        Response.Headers.CacheControl = "no-store";
        Result = await shares.FindAsync(Token, HttpContext.RequestAborted) is { IsHidden: false } shown ? shown : null;
        if (Result is null)
            Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
