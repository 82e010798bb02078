using System.Text;
using Xunit;

namespace Dressora.Tests.Harness;

public sealed class FilledFormTests
{
    private const string Address = "https://dressora.test/here?a=1";

    [Theory]
    [InlineData("<input name=a value=1>", "a=1")]
    [InlineData("<input type=hidden name=a value='1 2'>", "a=1+2")]
    [InlineData("<input value=1>", "")]
    [InlineData("<input name=a value=1 disabled>", "")]
    [InlineData("<fieldset disabled><input name=a value=1></fieldset>", "")]
    [InlineData("<textarea name=a>one</textarea>", "a=one")]
    [InlineData("<input type=checkbox name=a value=1>", "")]
    [InlineData("<input type=checkbox name=a value=1 checked>", "a=1")]
    [InlineData("<input type=radio name=a value=1><input type=radio name=a value=2 checked>", "a=2")]
    [InlineData("<select name=a><option value=1>x<option value=2 selected>y</select>", "a=2")]
    [InlineData("<select name=a><option value=1>x<option value=2>y</select>", "a=1")]
    [InlineData("<select name=a multiple><option value=1 selected>x<option value=2 selected>y</select>", "a=1&a=2")]
    [InlineData("<button name=a value=1>x</button><button name=a value=2>y</button>", "a=1")]
    [InlineData("<button type=button name=a value=1>x</button><button name=a value=2>y</button>", "a=2")]
    public async Task What_the_page_filled_in_is_sent(string controls, string sent) =>
        Assert.Equal(sent, await SentAsync(controls));

    [Theory]
    [InlineData("<input name=a value=1>", "2", "a=2")]
    [InlineData("<textarea name=a>one</textarea>", "two", "a=two")]
    [InlineData("<input type=radio name=a value=1 checked><input type=radio name=a value=2>", "2", "a=2")]
    [InlineData("<select name=a><option value=1 selected>x<option value=2>y</select>", "2", "a=2")]
    public async Task What_a_person_typed_is_sent_instead(string controls, string typed, string sent) =>
        Assert.Equal(sent, await SentAsync(controls, new { a = typed }));

    [Theory]
    [InlineData(true, "a=true&a=false")]
    [InlineData(false, "a=false")]
    public async Task A_box_and_its_hidden_twin_are_sent_as_a_browser_would(bool ticked, string sent) => Assert.Equal(
        sent, await SentAsync("<input type=checkbox name=a value=true><input type=hidden name=a value=false>", new { a = ticked }));

    [Fact]
    public async Task Several_boxes_of_a_name_are_ticked_by_their_values() => Assert.Equal(
        "a=1&a=3",
        await SentAsync(
            "<input type=checkbox name=a value=1><input type=checkbox name=a value=2 checked><input type=checkbox name=a value=3>",
            new { a = new[] { "1", "3" } }));

    [Fact]
    public async Task An_underscore_in_a_test_is_a_dot_in_the_form() =>
        Assert.Equal("Form.Email=b", await SentAsync("<input name=Form.Email value=a>", new { Form_Email = "b" }));

    [Fact]
    public async Task A_field_that_the_form_lost_fails_the_test()
    {
        var lost = await Assert.ThrowsAsync<InvalidOperationException>(() => SentAsync("<input name=b>", new { a = 1 }));

        Assert.Contains("has no field a (it has b)", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_that_is_not_offered_fails_the_test() => await Assert.ThrowsAsync<InvalidOperationException>(
        () => SentAsync("<select name=a><option value=1>x</select>", new { a = "2" }));

    [Fact]
    public async Task The_pressed_button_may_lead_elsewhere()
    {
        var page = await PageAsync("<form method=post action=/a><button>x</button><button id=b formaction=/b name=c value=d>y</button></form>");

        var request = FilledForm.Of(page, "form", "#b").ToRequest();

        Assert.Equal("/b", request.RequestUri!.AbsolutePath);
        Assert.Equal("c=d", await request.Content!.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_form_without_action_goes_where_it_came_from()
    {
        var page = await PageAsync("<form method=post><button>x</button></form>");

        Assert.Equal("/here?a=1", FilledForm.Of(page, "form", null).ToRequest().RequestUri!.PathAndQuery);
    }

    [Fact]
    public async Task A_getting_form_puts_its_fields_into_the_address()
    {
        var page = await PageAsync("<form action='/find?old=1'><input name=q value='a b'><button>x</button></form>");

        var request = FilledForm.Of(page, "form", null).ToRequest();

        Assert.Equal(HttpMethod.Get, request.Method);
        Assert.Equal("/find?q=a+b", request.RequestUri!.PathAndQuery);
    }

    [Fact]
    public async Task A_file_goes_as_a_part_of_its_own()
    {
        var page = await PageAsync("<form method=post enctype=multipart/form-data><input name=t value=1><input type=file name=f><button>x</button></form>");
        var chosen = new Upload("a.png", "image/png", Encoding.ASCII.GetBytes("PNG"));

        var content = FilledForm.Of(page, "form", null).Fill(new { f = chosen }).ToRequest().Content!;

        var sent = await content.ReadAsStringAsync();
        Assert.StartsWith("multipart/form-data", content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.Contains("filename=a.png", sent, StringComparison.Ordinal);
        Assert.Contains("Content-Type: image/png", sent, StringComparison.Ordinal);
        Assert.Contains("name=t", sent, StringComparison.Ordinal);
    }

    private static async Task<string> SentAsync(string controls, object? typed = null)
    {
        var page = await PageAsync($"<form method=post>{controls}</form>");
        return await FilledForm.Of(page, "form", null).Fill(typed).ToRequest().Content!.ReadAsStringAsync();
    }

    private static async Task<Answer> PageAsync(string html)
    {
        using var response = new HttpResponseMessage { Content = new StringContent(html, Encoding.UTF8, "text/html") };
        return await Answer.ReadAsync(response, new Uri(Address));
    }
}
