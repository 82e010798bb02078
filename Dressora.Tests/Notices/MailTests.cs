using System.Net.Mime;
using System.Text;
using Dressora.Tests.Harness;
using Dressora.Web.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Dressora.Tests.Notices;

/// <summary>Letters, from the write that posts them to the server that takes them.</summary>
public sealed class MailTests : IAsyncLifetime
{
    private const string To = "noor@example.org";
    private SmtpBox _box = null!;
    private Site _site = null!;

    private Mailbox Mailbox => _site.Services.GetRequiredService<Mailbox>();

    public async Task InitializeAsync()
    {
        _box = SmtpBox.Open();
        _site = await Site.StartAsync(adjust: WithoutItsSender, settings: _box.Settings);
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        await _box.DisposeAsync();
    }

    [Fact]
    public async Task A_letter_reaches_the_server_once_as_it_was_written()
    {
        await PostAsync("Grüße aus नगर", "Erste Zeile\n\nhttps://dressora.test/x?code=y_-z\n.\nlast");

        Assert.True(await SendAsync());
        Assert.False(await SendAsync());

        var letter = Assert.Single(_box.Letters);
        Assert.Contains("From: house@example.org", letter, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("To: noor@example.org", letter, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Auto-Submitted: auto-generated", letter, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Subject: =?utf-8?B?", letter, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Erste Zeile\n\nhttps://dressora.test/x?code=y_-z\n.\nlast", BodyOf(letter));
        Assert.Equal(MailState.Sent, (await OnlyLetterAsync()).State);
    }

    [Fact]
    public async Task A_letter_that_left_keeps_nothing_of_what_it_said()
    {
        await PostAsync("Hello", "a secret link");
        Assert.Equal("a secret link", (await OnlyLetterAsync()).Body);

        await SendAsync();

        Assert.Equal("", (await OnlyLetterAsync()).Body);
    }

    [Fact]
    public async Task A_write_that_fails_posts_nothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _site.WriteAsync(write =>
        {
            Mailbox.Post(write, To, "Hello", "body");
            throw new InvalidOperationException("changed its mind");
        }));

        Assert.Equal(0, await _site.ReadAsync(db => db.Mails.CountAsync()));
    }

    [Theory]
    [InlineData(Manner.Refuses, "MailboxUnavailable")]
    [InlineData(Manner.Greylists, "LocalErrorInProcessing")]
    [InlineData(Manner.HangsUp, "")]
    public async Task A_letter_that_was_not_taken_waits_longer_each_time_and_is_given_up_at_last(Manner manner, string reason)
    {
        _box.Manner = manner;
        await PostAsync("Hello", "body");
        var pauses = new[] { 10, 60, 5 * 60, 30 * 60, 2 * 60 * 60 }.Select(seconds => TimeSpan.FromSeconds(seconds));

        foreach (var pause in pauses)
        {
            Assert.True(await SendAsync());
            _site.Clock.Advance(pause - TimeSpan.FromSeconds(1));
            Assert.False(await SendAsync());
            _site.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(MailState.Waiting, (await OnlyLetterAsync()).State);
        await SendAsync();
        var letter = await OnlyLetterAsync();
        Assert.Equal(MailState.GivenUp, letter.State);
        Assert.Contains(reason, letter.LastError, StringComparison.Ordinal);
        Assert.NotEqual("", letter.LastError);
        _site.Clock.Advance(TimeSpan.FromDays(1));
        Assert.False(await SendAsync());
    }

    [Fact]
    public async Task A_letter_that_was_refused_goes_when_the_server_is_well_again()
    {
        _box.Manner = Manner.Refuses;
        await PostAsync("Hello", "body");
        await SendAsync();
        _box.Manner = Manner.Takes;
        _site.Clock.Advance(TimeSpan.FromSeconds(10));

        await SendAsync();

        Assert.Single(_box.Letters);
        Assert.Equal((MailState.Sent, ""), ((await OnlyLetterAsync()).State, (await OnlyLetterAsync()).LastError));
    }

    [Fact]
    public async Task A_letter_that_cannot_be_sent_at_all_does_not_hold_up_the_next()
    {
        await _site.WriteAsync(write => Mailbox.Post(write, "no address at all", "Hello", "body"));
        await PostAsync("Hello", "body");

        while (await SendAsync())
        {
        }

        Assert.Single(_box.Letters);
    }

    [Fact]
    public async Task A_silent_server_is_waited_for_thirty_seconds()
    {
        _box.Manner = Manner.Silent;
        await PostAsync("Hello", "body");

        var sending = SendAsync();
        while (!sending.IsCompleted)
        {
            await Task.Delay(20);
            _site.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("No answer from 127.0.0.1 in 30 s.", (await OnlyLetterAsync()).LastError);
    }

    [Fact]
    public async Task A_server_that_is_down_is_a_reason_to_wait()
    {
        await _box.DisposeAsync();
        await PostAsync("Hello", "body");

        Assert.True(await SendAsync());

        Assert.Equal(MailState.Waiting, (await OnlyLetterAsync()).State);
        Assert.NotEqual("", (await OnlyLetterAsync()).LastError);
    }

    [Fact]
    public async Task A_letter_whose_sender_died_is_due_again_after_two_minutes()
    {
        _box.Manner = Manner.Silent;
        await PostAsync("Hello", "body");
        using var stopping = new CancellationTokenSource();
        var sending = Mailbox.SendNextAsync(stopping.Token);
        while (await _site.ReadAsync(db => db.Mails.AnyAsync(mail => mail.DueAt == FakeClock.Start)))
            await Task.Delay(20);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        _box.Manner = Manner.Takes;
        Assert.False(await SendAsync());

        _site.Clock.Advance(TimeSpan.FromMinutes(2));
        await SendAsync();

        Assert.Single(_box.Letters);
    }

    [Fact]
    public async Task A_subject_is_one_line_whatever_it_was_made_of()
    {
        await PostAsync("Hello\r\nBcc: other@example.org\r\n\r\nspam", "body\r\nRCPT TO:<other@example.org>\r\n.\r\nQUIT");

        await SendAsync();

        var letter = Assert.Single(_box.Letters);
        Assert.DoesNotContain("\nBcc:", letter, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("RCPT TO:<noor@example.org>", Assert.Single(_box.Commands, line => line.StartsWith("RCPT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_log_names_letters_by_number_and_never_says_whose_or_what()
    {
        _box.Manner = Manner.Refuses;
        await PostAsync("Hello", "a secret link");
        await SendAsync();
        _box.Manner = Manner.Takes;
        _site.Clock.Advance(TimeSpan.FromSeconds(10));
        await SendAsync();

        Assert.Contains(_site.Log.Lines, line => line.Text.StartsWith("Mail 1 was not taken", StringComparison.Ordinal));
        Assert.DoesNotContain(_site.Log.Lines, line => $"{line}".Contains(To, StringComparison.Ordinal) || $"{line}".Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_mail_server_the_log_is_the_letter_box_and_the_letter_stays_readable()
    {
        await using var site = await Site.StartAsync();
        await site.WriteAsync(write => site.Services.GetRequiredService<Mailbox>().Post(write, To, "Hello", "a link"));

        while (!await site.ReadAsync(db => db.Mails.AnyAsync(mail => mail.State == MailState.Sent)))
            await Task.Delay(20);

        Assert.Contains(site.Log.Lines, line => line.Text.Contains($"To {To}: Hello\na link", StringComparison.Ordinal));
        Assert.Equal("a link", await site.ReadAsync(db => db.Mails.Select(mail => mail.Body).SingleAsync()));
    }

    private static void WithoutItsSender(WebApplicationBuilder builder) => builder.Services.Remove(
        builder.Services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(MailWorker)));

    private Task PostAsync(string subject, string body) => _site.WriteAsync(write => Mailbox.Post(write, To, subject, body));

    private Task<bool> SendAsync() => Mailbox.SendNextAsync(CancellationToken.None);

    private Task<Mail> OnlyLetterAsync() => _site.ReadAsync(db => db.Mails.SingleAsync());

    private static string BodyOf(string letter)
    {
        var (head, body) = (letter[..letter.IndexOf("\n\n", StringComparison.Ordinal)], letter[(letter.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        Assert.Contains("base64", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(MediaTypeNames.Text.Plain, head, StringComparison.OrdinalIgnoreCase);
        return Encoding.UTF8.GetString(Convert.FromBase64String(body.ReplaceLineEndings(""))).ReplaceLineEndings("\n");
    }
}
