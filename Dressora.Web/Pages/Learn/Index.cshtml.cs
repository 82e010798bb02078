namespace Dressora.Web.Pages.Learn;

public sealed class IndexModel : Room;
