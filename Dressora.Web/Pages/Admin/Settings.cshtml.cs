using Dressora.Web.Accounts;
using Dressora.Web.Operations;
using Microsoft.AspNetCore.Authorization;

namespace Dressora.Web.Pages.Admin;

[Authorize(Doors.Staff)]
public sealed class SettingsModel(IConfiguration configuration) : Room
{
    public IReadOnlyList<SettingLine> Lines { get; private set; } = [];

    public void OnGet() => Lines = [.. SettingLine.Of((IConfigurationRoot)configuration)];
}
