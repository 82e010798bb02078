using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dressora.Web.Pages.Home;

public sealed class IndexModel : PageModel;
