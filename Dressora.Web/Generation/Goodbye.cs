using Dressora.Web.Data;

namespace Dressora.Web.Generation;

/// <summary>Somebody's account goes: what is under way ends with the credits back, and what they asked for is forgotten.</summary>
internal sealed class Goodbye(Endings endings)
{
    internal async Task SayAsync(Write write, long userId)
    {
        foreach (var job in await JobRows.OpenOfAsync(write, userId))
            await endings.CancelAsync(write, job);
        await write.ExecuteAsync(
            "DELETE FROM job_calls WHERE job_id IN (SELECT id FROM jobs WHERE user_id = @user)", ("@user", userId));
        await write.ExecuteAsync("UPDATE jobs SET parameters = '{}', detail = '' WHERE user_id = @user", ("@user", userId));
        await write.ExecuteAsync("DELETE FROM shares WHERE user_id = @user", ("@user", userId));
        await write.ExecuteAsync("DELETE FROM result_claims WHERE user_id = @user AND state = 'Waiting'", ("@user", userId));
        await write.ExecuteAsync("UPDATE result_claims SET words = '', answer = '' WHERE user_id = @user", ("@user", userId));
        await write.ExecuteAsync("UPDATE results SET state = 'Gone' WHERE user_id = @user", ("@user", userId));
    }
}
