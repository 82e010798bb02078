namespace Dressora.Web.Pages.Legal;

public sealed class TermsModel : Room;
