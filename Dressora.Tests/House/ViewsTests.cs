using Xunit;

namespace Dressora.Tests.House;

public sealed class ViewsTests
{
    [Fact]
    public void Every_text_goes_through_the_localizer() => Clean.Of(Views.CheckTexts(SourceTree.Product));

    [Fact]
    public void No_style_and_no_script_stands_in_a_view() => Clean.Of(Views.CheckInline(SourceTree.Product));

    [Fact]
    public void Forms_and_links_need_no_script() => Clean.Of(Views.CheckForms(SourceTree.Product));

    [Fact]
    public void Nothing_is_written_past_the_encoder() => Clean.Of(Views.CheckRaw(SourceTree.Product));

    [Theory]
    [InlineData("<p>Hello</p>")]
    [InlineData("<p>@T[\"Hello\"] there</p>")]
    [InlineData("@if (x)\n{\n  <p>Hello</p>\n}\n")]
    [InlineData("@if (x)\n{\n  <p>@T[\"A\"]</p>\n}\nelse\n{\n  <br>\n  <p>Hello</p>\n}")]
    [InlineData("@foreach (var a in b)\n{\n  var c = a < 2;\n  <b>Hello</b>\n}")]
    [InlineData("@section Head { <p>Hello</p> }")]
    [InlineData("<img alt=\"A shirt\">")]
    [InlineData("<input type=submit value=\"Send\">")]
    [InlineData("<a title=\"Open @x\" href=\"/\"></a>")]
    [InlineData("<field for=\"X\" label=\"Name\" />")]
    [InlineData("<p>@(on ? \"It is on\" : \"\")</p>")]
    [InlineData("@{\n  ViewData[\"Title\"] = \"The title\";\n}")]
    [InlineData("<meta name=description content=\"A site\">")]
    [InlineData("<p>@x.Y(\"<p>\") and more</p>")]
    public void A_text_past_the_localizer_is_found(string view) => Assert.Single(Views.CheckTexts(Planted(view)));

    [Theory]
    [InlineData("@page \"/account/{id}\"\n@model Dressora.Web.Pages.X\n<p>@T[\"Hello {0}\", name]</p>")]
    [InlineData("@* A comment *@<p>@Model.Name, @(a ? T[\"Yes it is\"] : T[\"No\"])</p>")]
    [InlineData("@{\n  Layout = \"_App\";\n  ViewData[\"Title\"] = Plain[\"The title\"].Value;\n}\n<p>1 + 1 = 2 &middot; Dressora</p>")]
    [InlineData("<p title=\"@T[\"Open\"].Value\">@await Html.PartialAsync(\"_X\")</p><code>apt install x</code>")]
    [InlineData("@switch (x)\n{\n  case 1:\n    <p>@T[\"One\"]</p>\n    break;\n}\n<a href=\"mailto:a@b.example\">@x?.Y!.Z[0]</a>")]
    [InlineData("@for (var i = 0; i < 3; i++)\n{\n  <li class=\"a @(i > 1 ? \"b\" : \"c\")\">@i</li>\n}")]
    public void A_text_through_it_is_not(string view) => Clean.Of(Views.CheckTexts(Planted(view)));

    [Fact]
    public void A_finding_names_its_line() =>
        Assert.Equal(3, Assert.Single(Views.CheckTexts(Planted("@if (x)\n{\n  <p>Hello</p>\n}"))).Line);

    [Theory]
    [InlineData("<p style=\"color:red\"></p>")]
    [InlineData("<p onclick=\"x()\"></p>")]
    [InlineData("<p hx-on:click=\"x()\"></p>")]
    [InlineData("<p hx-on--after-request=\"x()\"></p>")]
    [InlineData("<a href=\"javascript:x()\"></a>")]
    [InlineData("<p hx-vals=\"js:{a:1}\"></p>")]
    [InlineData("@if (x)\n{\n  <script>x()</script>\n}")]
    [InlineData("<style>p{}</style>")]
    public void Style_and_script_in_a_view_are_found(string view) => Assert.Single(Views.CheckInline(Planted(view)));

    [Theory]
    [InlineData("<script src=\"@Assets[\"app.js\"]\" defer></script><link rel=\"stylesheet\" href=\"x\"><p data-on=\"1\"></p>")]
    public void Linked_files_are_not(string view) => Clean.Of(Views.CheckInline(Planted(view)));

    [Theory]
    [InlineData("<form action=\"/x\"></form>")]
    [InlineData("<form method=\"post\"></form>")]
    [InlineData("<a data-open>@T[\"Open\"]</a>")]
    public void A_form_or_link_that_needs_script_is_found(string view) => Assert.Single(Views.CheckForms(Planted(view)));

    [Fact]
    public void Raw_html_is_found() => Assert.Single(Views.CheckRaw(Planted("<p>@Html.Raw(x)</p>")));

    private static SourceTree Planted(string view) => SourceTree.Of("Dressora.Web/Pages/Home/X.cshtml", view);
}
