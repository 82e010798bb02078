using Microsoft.Playwright;

namespace Dressora.Tests.Browser;

/// <summary>A virtual WebAuthn authenticator: holds passkeys, verifies its user by itself.</summary>
public sealed class Authenticator
{
    private readonly ICDPSession _session;
    private readonly string _id;

    private Authenticator(ICDPSession session, string id)
    {
        _session = session;
        _id = id;
    }

    internal static async Task<Authenticator> PlugInAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable", new Dictionary<string, object> { ["enableUI"] = false });
        var made = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new Authenticator(session, made!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>How many passkeys it holds.</summary>
    public async Task<int> CountAsync()
    {
        var held = await _session.SendAsync("WebAuthn.getCredentials", Named());
        return held!.Value.GetProperty("credentials").GetArrayLength();
    }

    /// <summary>The person lost the device.</summary>
    public Task UnplugAsync() => _session.SendAsync("WebAuthn.removeVirtualAuthenticator", Named());

    private Dictionary<string, object> Named() => new() { ["authenticatorId"] = _id };
}
