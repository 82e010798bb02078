using System.Net;
using Dressora.Web.Outbound;
using Microsoft.AspNetCore.Http;
using Xunit;
using Xunit.Abstractions;

namespace Dressora.Tests.Outbound;

/// <summary>The one client for addresses that somebody else wrote: it never leads inside, and never reads on and on.</summary>
public sealed class FetcherTests(ITestOutputHelper output)
{
    private const string Shop = "https://shop.example.com/coat.jpg";
    private const long Max = 1_000_000;

    [Fact]
    public async Task No_way_of_writing_an_address_leads_inside()
    {
        await using var outside = await StartAsync(_ => Task.CompletedTask);
        outside.Leads("shop.example.com", [Outside.Public]);
        var links = InsideForms.Links().Distinct().ToList();

        foreach (var link in links)
            Assert.True(await outside.Fetcher.FetchAsync(link, Max, default) is Fetched.Refused, link);

        Assert.Empty(outside.Dialled);
        Assert.True(links.Count + InsideForms.Addresses.Length >= 300);
        output.WriteLine($"{links.Count} links and {InsideForms.Addresses.Length} answers of names refused");
    }

    [Fact]
    public async Task No_name_that_leads_inside_is_followed_alone_or_among_others()
    {
        await using var outside = await StartAsync(_ => Task.CompletedTask);
        foreach (var inside in InsideForms.Addresses.Select(InsideForms.Parsed))
        {
            foreach (var answer in new IPAddress[][] { [inside], [Outside.Public, inside], [inside, Outside.Public] })
            {
                outside.Leads("shop.example.com", answer);
                Assert.Equal(new Fetched.Refused(FetchFault.Private), await outside.Fetcher.FetchAsync(Shop, Max, default));
            }
        }

        Assert.Empty(outside.Dialled);
    }

    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    public void What_is_public_is_public(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public async Task The_address_that_was_checked_is_the_one_that_is_dialled()
    {
        await using var outside = await StartAsync(context => context.Response.WriteAsync("bytes"));
        outside.Leads("shop.example.com", [Outside.Public], [IPAddress.Loopback]);

        Assert.IsType<Fetched.Body>(await outside.Fetcher.FetchAsync(Shop, Max, default));
        Assert.Equal(new Fetched.Refused(FetchFault.Private), await outside.Fetcher.FetchAsync(Shop, Max, default));
        Assert.Equal([(Outside.Public, 443)], outside.Dialled);
    }

    [Theory]
    [InlineData("https://127.0.0.1/", FetchFault.NotAllowed)]
    [InlineData("https://[::1]/", FetchFault.NotAllowed)]
    [InlineData("http://shop.example.com/", FetchFault.NotAllowed)]
    [InlineData("https://shop.example.com:8443/", FetchFault.NotAllowed)]
    [InlineData("https://inside.example.com/", FetchFault.Private)]
    [InlineData("//inside.example.com/", FetchFault.Private)]
    [InlineData("file:///etc/passwd", FetchFault.NotAllowed)]
    public async Task A_redirect_is_judged_like_the_first_address(string to, FetchFault fault)
    {
        await using var outside = await StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = to;
            return Task.CompletedTask;
        });
        outside.Leads("shop.example.com", [Outside.Public]);
        outside.Leads("inside.example.com", [IPAddress.Parse("10.1.2.3")]);

        Assert.Equal(new Fetched.Refused(fault), await outside.Fetcher.FetchAsync(Shop, Max, default));
        Assert.All(outside.Dialled, dialled => Assert.Equal(Outside.Public, dialled.Address));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Two_redirects_are_followed_and_a_third_is_not(int redirects, bool arrives)
    {
        await using var outside = await StartAsync(context =>
        {
            var hop = int.Parse(context.Request.Query["hop"].FirstOrDefault() ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            if (hop == redirects)
                return context.Response.WriteAsync("bytes");
            context.Response.Redirect($"/coat.jpg?hop={hop + 1}");
            return Task.CompletedTask;
        });
        outside.Leads("shop.example.com", [Outside.Public]);

        var fetched = await outside.Fetcher.FetchAsync(Shop, Max, default);

        Assert.Equal(arrives, fetched is Fetched.Body);
        Assert.True(arrives || fetched is Fetched.Refused { Fault: FetchFault.TooManyRedirects });
    }

    [Fact]
    public async Task Nothing_of_ours_goes_along()
    {
        var seen = new List<string>();
        await using var outside = await StartAsync(context =>
        {
            seen.AddRange(context.Request.Headers.Select(header => $"{header.Key}"));
            context.Response.Cookies.Append("follow", "me");
            if (!context.Request.Query.ContainsKey("again"))
                context.Response.Redirect("/?again");
            return Task.CompletedTask;
        });
        outside.Leads("shop.example.com", [Outside.Public]);

        await outside.Fetcher.FetchAsync(Shop, Max, default);

        Assert.Equal(["Accept", "Host"], seen.Distinct().Order());
    }

    [Fact]
    public async Task A_body_without_end_stops_at_the_cap_whatever_its_length_said()
    {
        var sent = 0L;
        await using var outside = await StartAsync(async context =>
        {
            var piece = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested && sent < 10_000 * Max)
            {
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
                sent += piece.Length;
            }
        });
        outside.Leads("shop.example.com", [Outside.Public]);

        Assert.Equal(new Fetched.Refused(FetchFault.TooManyBytes), await outside.Fetcher.FetchAsync(Shop, Max, default));
        // What the wire itself holds is sent before anybody can say stop.
        Assert.True(sent < 1_000 * Max, $"{sent} bytes were sent.");
    }

    [Fact]
    public async Task A_byte_a_second_stops_at_the_time_there_is()
    {
        await using var outside = await StartAsync(async context =>
        {
            for (var i = 0; i < 100; i++)
            {
                await context.Response.Body.WriteAsync(new byte[1], context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(100, context.RequestAborted);
            }
        });
        outside.Leads("shop.example.com", [Outside.Public]);

        var fetched = await outside.Fetcher.FetchAsync(Shop, Stream.Null, Max, TimeSpan.FromSeconds(1), default);

        Assert.Equal(new Fetched.Refused(FetchFault.TooSlow), fetched);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(204)]
    [InlineData(206)]
    public async Task Anything_but_a_whole_answer_is_a_refusal(int status)
    {
        await using var outside = await StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        outside.Leads("shop.example.com", [Outside.Public]);

        Assert.Equal(new Fetched.Refused(FetchFault.Refused, status), await outside.Fetcher.FetchAsync(Shop, Max, default));
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_said()
    {
        await using var outside = await StartAsync(_ => Task.CompletedTask);

        Assert.Equal(new Fetched.Refused(FetchFault.NoSuchName), await outside.Fetcher.FetchAsync("https://nowhere.example.com/", Max, default));
    }

    private static Task<Outside> StartAsync(RequestDelegate answer) => Outside.StartAsync(answer);
}
