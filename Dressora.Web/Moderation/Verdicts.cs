using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Notices;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Moderation;

/// <summary>A letter and the bell tell somebody what an admin decided about something of theirs, in the reader's language.</summary>
public sealed class Verdicts(Stationery stationery, NoticeBoard board)
{
    public Task RemovedAsync(Write write, long userId, string answer) => PostAsync(
        write, userId, "A picture of yours at {0} was removed",
        "A picture that you shared at {0} was reported. Somebody looked at it and removed it, with its links, for good:\n\n{2}\n\n"
        + "The same picture is not taken here again. If you think that this is wrong, say so to whoever runs the server:\n\n{1}",
        "/about", answer);

    public Task MadeGoodAsync(Write write, long userId, string jobId, long credits, string answer) => PostAsync(
        write, userId, "Your credits at {0} are back",
        "You said that a result was not what you asked for. Somebody looked into it: {3} credits are yours again, for 72 hours.\n\n{2}\n\n{1}",
        "/jobs/" + jobId, answer, credits);

    public Task RefusedAsync(Write write, long userId, string jobId, string answer) => PostAsync(
        write, userId, "About a result at {0}",
        "You said that a result was not what you asked for. Somebody looked into it, and the credits stay spent:\n\n{2}\n\n{1}",
        "/jobs/" + jobId, answer);

    private async Task PostAsync(Write write, long userId, string subject, string body, string path, string answer, long credits = 0)
    {
        if (await write.Db.Users.SingleOrDefaultAsync(user => user.Id == userId) is not AppUser { Email: { } to } person)
            return;
        await board.PutUpAsync(write, userId, NoticeKind.Answer, path);
        stationery.Post(write, to, person.Language, subject, body, path, answer, credits);
    }
}
