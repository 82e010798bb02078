using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Notices;

namespace Dressora.Web.Accounts;

/// <summary>Every letter about an account, in the reader's language, with a link that a button finishes.</summary>
public sealed class Letters(Stationery stationery)
{
    public void Confirm(Write write, AppUser person, string code) => Post(
        write, person.Email!, person.Language, "Confirm your address for {0}",
        "Somebody, you we think, made an account at {0} with this address. Open this page within 24 hours and give the "
        + "password you chose:\n\n{1}\n\nIf it was not you, do nothing: without the password the link opens nothing.",
        $"/account/confirm?code={code}");

    public void Known(Write write, AppUser person) => Post(
        write, person.Email!, person.Language, "You have an account at {0} already",
        "Somebody, you we think, tried to make an account at {0} with this address. There is one already. Sign in, or "
        + "choose a new password, here:\n\n{1}\n\nIf it was not you, there is nothing to do.",
        "/account/sign-in");

    public void Reset(Write write, AppUser person, string code) => Post(
        write, person.Email!, person.Language, "A new password for {0}",
        "Open this page within 10 minutes to choose a new password for {0}:\n\n{1}\n\nIf you did not ask for it, do "
        + "nothing: the old password stays.",
        $"/account/new-password?code={code}");

    public void Invite(Write write, AppUser person, string code) => Post(
        write, person.Email!, person.Language, "You are invited to {0}",
        "An account at {0} is ready for you. Choose a password here; if the link is older than 10 minutes, ask for a new "
        + "one on the same page:\n\n{1}",
        $"/account/new-password?code={code}");

    public void Move(Write write, AppUser person, string email, string code) => Post(
        write, email, person.Language, "Your new address for {0}",
        "Open this page within 24 hours to use this address for your account at {0}:\n\n{1}\n\nIf you have no account "
        + "there, do nothing.",
        $"/account/move?code={code}");

    public void Moving(Write write, AppUser person) => Post(
        write, person.Email!, person.Language, "Somebody asked to change your address at {0}",
        "Your account at {0} is to get another e-mail address. It changes when the letter to the new one is answered. "
        + "If it was not you, choose a new password and end the other sessions, here:\n\n{1}",
        "/account/security");

    public void Moved(Write write, string oldEmail, string language) => Post(
        write, oldEmail, language, "Your address at {0} was changed",
        "Your account at {0} now has another e-mail address, and letters go there. If it was not you, write to whoever "
        + "runs this server at once:\n\n{1}",
        "/about");

    /// <summary>Something that guards the account changed; the sentence says what, of a thing with a name as {2}.</summary>
    public void Changed(Write write, AppUser person, string what, string named = "") => Post(
        write, person.Email!, person.Language, "A change to your account at {0}",
        what + "\n\nIf it was you, there is nothing to do. If not, choose a new password and end the other sessions, "
        + "here:\n\n{1}",
        "/account/security", named);

    public void Leaving(Write write, AppUser person) => Post(
        write, person.Email!, person.Language, "Your account at {0} will be deleted",
        "Your account at {0} and everything in it will be deleted in 7 days. Until then you can sign in and keep it:"
        + "\n\n{1}",
        "/account/delete");

    private void Post(Write write, string to, string language, string subject, string body, string path, string named = "") =>
        stationery.Post(write, to, language, subject, body, path, named);
}
