using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Microsoft.AspNetCore.Authorization;

namespace Dressora.Web.Pages.Setup;

[Authorize(Doors.Staff)]
public sealed class FilesModel(DataFolder folder) : Room
{
    private const double BytesOfGigabyte = 1e9;

    public string Folder => folder.Root;

    public double FreeGigabytes => new DriveInfo(folder.Root).AvailableFreeSpace / BytesOfGigabyte;
}
