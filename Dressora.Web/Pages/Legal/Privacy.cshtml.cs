namespace Dressora.Web.Pages.Legal;

public sealed class PrivacyModel : Room;
