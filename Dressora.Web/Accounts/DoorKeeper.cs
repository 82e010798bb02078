using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Dressora.Web.Accounts;

/// <summary>Sends whoever lacks only a proof to where it can be given, and back; whoever lacks the right gets 403.</summary>
internal sealed class DoorKeeper(TimeProvider clock) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _plain = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var doors = policy.Requirements.OfType<DoorRequirement>().ToList();
        if (!authorizeResult.Succeeded || doors.Count == 0)
            return _plain.HandleAsync(next, context, policy, authorizeResult);
        if (context.PersonOrNull() is not { } person)
            return _plain.HandleAsync(next, context, policy, PolicyAuthorizationResult.Challenge());
        return doors.FirstOrDefault(door => !MayPass(person, door.Door)) is { } closed
            ? TurnAwayAsync(context, person, closed.Door)
            : next(context);
    }

    private bool MayPass(SignedIn person, string door) => door switch
    {
        Doors.Person => true,
        Doors.Staff => IsStaff(person) && clock.GetUtcNow() - person.FactorAt < Session.FactorFresh,
        Doors.Proved => person.IsProved(clock.GetUtcNow()),
        _ => false,
    };

    private static Task TurnAwayAsync(HttpContext context, SignedIn person, string door)
    {
        if (door == Doors.Staff && !IsStaff(person))
            return context.ForbidAsync();
        var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/account/security";
        var path = $"/account/prove?for={door}&returnTo={Uri.EscapeDataString(back)}";
        if (context.Request.IsHtmx())
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.SendPageTo(path);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = path;
        }

        return Task.CompletedTask;
    }

    private static bool IsStaff(SignedIn person) => person.Role is Role.Admin or Role.Owner;
}

/// <summary>Always met: the keeper above decides, because it knows where to send people.</summary>
internal sealed class DoorRequirement(string door) : AuthorizationHandler<DoorRequirement>, IAuthorizationRequirement
{
    public string Door { get; } = door;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, DoorRequirement requirement)
    {
        context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
