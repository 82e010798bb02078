using System.Reflection;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Notices;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Pages.Home;

/// <summary>What a visitor may know about the machine: nothing that helps to break it.</summary>
public sealed class AboutModel(
    IOptions<DatabaseOptions> database, Mailbox mailbox, IAuthenticationSchemeProvider schemes) : Room
{
    public string Version { get; } = typeof(AboutModel).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public bool HasDatabaseServer { get; } = database.Value.Provider == DatabaseProvider.Postgres;

    public bool SendsMail { get; } = mailbox.Delivers;

    public IReadOnlyList<string> SignInWith { get; private set; } = [];

    public async Task OnGetAsync() =>
        SignInWith = [.. (await ForeignProviders.AllAsync(schemes)).Select(scheme => scheme.DisplayName!)];
}
