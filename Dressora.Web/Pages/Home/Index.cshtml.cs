namespace Dressora.Web.Pages.Home;

public sealed class IndexModel : Room;
