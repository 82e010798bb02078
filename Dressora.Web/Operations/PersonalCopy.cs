using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dressora.Web.Data;
using Dressora.Web.Media;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Operations;

/// <summary>What a person's copy of everything holds besides files: who they are here, and every movement of their credits.</summary>
internal static class PersonalCopy
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };
    private static readonly char[] Formula = ['=', '+', '-', '@', '\t', '\r'];

    internal static void AddPersonalCopy(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ExportPart("account.json", (userId, to, cancel) =>
            WriteAccountAsync(provider.GetRequiredService<Database>(), userId, to, cancel)));
        services.AddSingleton(provider => new ExportPart("made.json", (userId, to, cancel) =>
            WriteMadeAsync(provider.GetRequiredService<Database>(), userId, to, cancel)));
        services.AddSingleton(provider => new ExportPart("paid.json", (userId, to, cancel) =>
            WritePaidAsync(provider.GetRequiredService<Database>(), userId, to, cancel)));
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
                user.Id, user.Email, user.Name, user.Language, user.TimeZone, user.CameFor, user.WantsMail, user.CreatedAt, user.SeenAt, user.DeletionDueAt,
            }).SingleOrDefaultAsync(cancel),
            Statements = await db.MediaStatements.Where(s => s.UserId == userId).Select(s => new { s.Version, s.MadeAt }).ToListAsync(cancel),
            SignInsWith = await db.UserLogins.Where(login => login.UserId == userId).Select(login => login.LoginProvider).ToListAsync(cancel),
            Sessions = await db.Sessions.Where(session => session.UserId == userId)
                .Select(session => new { session.Device, session.Network, session.CreatedAt, session.SeenAt, session.EndedAt }).ToListAsync(cancel),
        };
        await JsonSerializer.SerializeAsync(to, account, Readable, cancel);
    }

    /// <summary>What they asked for, what they showed to others, what they said about it and what was said to them.</summary>
    private static async Task WriteMadeAsync(Database database, long userId, Stream to, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        var made = new
        {
            Jobs = await db.Jobs.Where(job => job.UserId == userId).OrderBy(job => job.Id).Select(job => new
            {
                job.Id, job.Tool, job.State, job.Parameters, job.CreatedAt, job.FinishedAt, Held = job.Price, job.Charged, job.Reason,
            }).ToListAsync(cancel),
            Results = await db.Results.Where(result => result.UserId == userId).OrderBy(result => result.Id).Select(result => new
            {
                result.JobId, File = result.MediaId, result.MadeAt, result.State, result.IsPinned, result.LeftAt,
            }).ToListAsync(cancel),
            Shares = await db.Shares.Where(share => share.UserId == userId).OrderBy(share => share.Id)
                .Select(share => new { share.ResultId, share.CreatedAt, share.ExpiresAt, share.RevokedAt }).ToListAsync(cancel),
            Claims = await db.ResultClaims.Where(claim => claim.UserId == userId).OrderBy(claim => claim.MadeAt)
                .Select(claim => new { claim.JobId, claim.Reason, claim.Words, claim.State, claim.MadeAt, claim.Answer }).ToListAsync(cancel),
            Strikes = await db.Strikes.Where(strike => strike.UserId == userId).OrderBy(strike => strike.Id)
                .Select(strike => new { strike.Reason, strike.At, strike.ClearedAt }).ToListAsync(cancel),
            Notices = await db.Notices.Where(notice => notice.UserId == userId).OrderBy(notice => notice.Id)
                .Select(notice => new { notice.Kind, notice.Path, notice.At, notice.SeenAt }).ToListAsync(cancel),
        };
        await JsonSerializer.SerializeAsync(to, made, Readable, cancel);
    }

    /// <summary>What they ordered, what was paid for it, and every receipt.</summary>
    private static async Task WritePaidAsync(Database database, long userId, Stream to, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        var paid = new
        {
            Orders = await db.Orders.Where(order => order.UserId == userId).OrderBy(order => order.Id).Select(order => new
            {
                order.Number, order.Kind, order.Credits, order.Period, order.Amount, order.Currency, order.Gateway, order.Mode, order.State, order.CreatedAt, order.PaidAt,
            }).ToListAsync(cancel),
            Payments = await db.Payments.Where(payment => payment.UserId == userId).OrderBy(payment => payment.Id).Select(payment => new
            {
                payment.Gateway, payment.Mode, Id = payment.ExternalId, payment.Amount, payment.Currency, payment.State, payment.Credits, payment.SeenAt, payment.CapturedAt,
                Refunds = db.Refunds.Where(refund => refund.PaymentId == payment.Id).Select(refund => new { refund.Amount, refund.State, refund.CreatedAt }).ToList(),
            }).ToListAsync(cancel),
            Plans = await db.Subscriptions.Where(plan => plan.UserId == userId).OrderBy(plan => plan.Id)
                .Select(plan => new { plan.Credits, plan.Period, plan.Amount, plan.Currency, plan.State, plan.StartsAt, plan.EndsAt, plan.EndedAt }).ToListAsync(cancel),
            Receipts = await db.Receipts.Where(receipt => receipt.UserId == userId).OrderBy(receipt => receipt.Number)
                .Select(receipt => new { receipt.Number, receipt.Amount, receipt.Currency, receipt.TaxAmount, receipt.IssuedAt, IsCreditNote = receipt.RefundId != null })
                .ToListAsync(cancel),
        };
        await JsonSerializer.SerializeAsync(to, paid, Readable, cancel);
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
