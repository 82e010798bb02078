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

    public async Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (context.PersonOrNull() is not { } person || authorizeResult.Challenged)
            await _plain.HandleAsync(next, context, policy, authorizeResult);
        else if (policy.Requirements.OfType<DoorRequirement>().FirstOrDefault() is { } door && !MayPass(person, door.Door))
            await TurnAwayAsync(context, person, door.Door);
        else
            await next(context);
    }

    private bool MayPass(SignedIn person, string door) => door switch
    {
        Doors.Staff => IsStaff(person) && clock.GetUtcNow() - person.FactorAt < Session.FactorFresh,
        Doors.Proved => clock.GetUtcNow() - person.ProvedAt < Session.ProofFresh,
        _ => true,
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
