using Dressora.Web.Notices;

namespace Dressora.Web.Pages.Account;

public sealed class SentModel(Mailbox mailbox) : Room
{
    public bool Delivers => mailbox.Delivers;
}
