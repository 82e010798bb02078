using System.Globalization;
using System.Text;
using System.Text.Json;
using Dressora.Web.Data;
using Dressora.Web.Media;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Operations;

/// <summary>What a person's copy of everything holds besides files: who they are here, and every movement of their credits.</summary>
internal static class PersonalCopy
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly char[] Formula = ['=', '+', '-', '@', '\t', '\r'];

    internal static void AddPersonalCopy(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ExportPart("account.json", (userId, to, cancel) =>
            WriteAccountAsync(provider.GetRequiredService<Database>(), userId, to, cancel)));
        services.AddSingleton(provider => new ExportPart("credits.csv", (userId, to, cancel) =>
            WriteCreditsAsync(provider.GetRequiredService<Database>(), userId, to, cancel)));
    }

    private static async Task WriteAccountAsync(Database database, long userId, Stream to, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        var account = new
        {
            Person = await db.Users.Where(user => user.Id == userId).Select(user => new
            {
                user.Id, user.Email, user.Name, user.Language, user.TimeZone, user.CreatedAt, user.SeenAt, user.DeletionDueAt,
            }).SingleOrDefaultAsync(cancel),
            Statements = await db.MediaStatements.Where(s => s.UserId == userId).Select(s => new { s.Version, s.MadeAt }).ToListAsync(cancel),
            SignInsWith = await db.UserLogins.Where(login => login.UserId == userId).Select(login => login.LoginProvider).ToListAsync(cancel),
            Sessions = await db.Sessions.Where(session => session.UserId == userId)
                .Select(session => new { session.Device, session.Network, session.CreatedAt, session.SeenAt, session.EndedAt }).ToListAsync(cancel),
        };
        await JsonSerializer.SerializeAsync(to, account, Readable, cancel);
    }

    private static async Task WriteCreditsAsync(Database database, long userId, Stream to, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        await using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        await text.WriteLineAsync("number,at,kind,amount,from,to,available,held,debt,reference,reason");
        var entries = db.CreditEntries.Where(entry => entry.UserId == userId).OrderBy(entry => entry.Number).AsAsyncEnumerable();
        await foreach (var entry in entries.WithCancellation(cancel))
        {
            await text.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Number},{entry.At:u},{entry.Kind},{entry.Amount},{entry.From},{entry.To},{entry.AvailableAfter},{entry.HeldAfter},"
                + $"{entry.DebtAfter},{Cell(entry.Reference)},{Cell(entry.Reason)}"));
        }
    }

    /// <summary>Quoted; what a spreadsheet would run as a formula is made a text.</summary>
    private static string Cell(string text) =>
        $"\"{(text.Length > 0 && Formula.Contains(text[0]) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
