using Xunit;

namespace Dressora.Tests.House;

public sealed class ArrowsTests
{
    private static readonly SourceFile Writer = File("Data/Database.cs", "namespace Dressora.Web.Data; class Database;");
    private static readonly SourceFile Adapter = File("Data/Sqlite/SqliteWriter.cs", "namespace Dressora.Web.Data.Sqlite; class SqliteWriter;");
    private static readonly SourceFile Other = File("Data/Postgres/PostgresWriter.cs", "namespace Dressora.Web.Data.Postgres; class PostgresWriter;");

    [Fact]
    public void The_product_keeps_to_the_plan() => Clean.Of(Arrows.Check(SourceTree.Product, Plan.Written));

    [Fact]
    public void Namespaces_are_folders() => Clean.Of(Arrows.CheckNamespaces(SourceTree.Product));

    [Fact]
    public void Nothing_of_ours_is_used_globally() => Clean.Of(Arrows.CheckGlobalUsings(SourceTree.Product));

    [Fact]
    public void The_plan_has_a_row_for_every_folder_and_no_other()
    {
        var folders = SourceTree.Product.Files.Select(file => file.Folders.FirstOrDefault()).OfType<string>().Distinct().Order();

        Assert.Equal(folders, Plan.Written.Folders.Order());
    }

    [Fact]
    public void No_floor_may_name_one_that_names_it()
    {
        foreach (var from in Plan.Written.Folders)
            Assert.DoesNotContain(Plan.Written.Folders, to => from != to && Plan.Written.Allows(from, to) && Plan.Written.Allows(to, from));
    }

    [Theory]
    [InlineData("Identity/Role.cs", "using Dressora.Web.Data;")]
    [InlineData("Identity/Role.cs", "using Writer = Dressora.Web.Data.Database;")]
    [InlineData("Identity/Role.cs", "class Role { Dressora.Web.Data.Database? one; }")]
    [InlineData("Identity/Role.cs", "namespace Dressora.Web.Identity; class Role { Data.Database? one; }")]
    [InlineData("Identity/Role.cs", "namespace Dressora.Web.Identity; class Role { void Be() => Data.Database.Open(); }")]
    [InlineData("Identity/IdentityTables.cs", "using Dressora.Web.Notices;")]
    [InlineData("Notices/Mailbox.cs", "using Dressora.Web.Accounts;")]
    [InlineData("Shell/ShellSetup.cs", "using Dressora.Web.Pages.Home;")]
    [InlineData("Accounts/SignUps.cs", "using Dressora.Web.Pages;")]
    [InlineData("Accounts/SignUps.cs", "using Dressora.Web.Data.Sqlite;")]
    [InlineData("Accounts/AccountsSetup.cs", "using Dressora.Web.Data.Sqlite;")]
    [InlineData("Pages/Home/Index.cshtml.cs", "using Dressora.Web.Data.Postgres;")]
    [InlineData("Pages/Home/Index.cshtml", "@using Dressora.Web.Data.Sqlite")]
    [InlineData("Data/Database.cs", "using Dressora.Web.Data.Sqlite;")]
    [InlineData("Data/Postgres/PostgresSchema.cs", "using Dressora.Web.Data.Sqlite;")]
    [InlineData("Data/Postgres/PostgresSchema.cs", "namespace Dressora.Web.Data.Postgres; class X { Sqlite.SqliteWriter? one; }")]
    [InlineData("Program.cs", "using Dressora.Web.Data.Sqlite;")]
    [InlineData("Parcels/Post.cs", "using Dressora.Web.Data;")]
    public void An_arrow_that_points_up_is_found(string path, string text)
    {
        var found = Arrows.Check(new SourceTree([Writer, Adapter, Other, File(path, text)]), Plan.Written);

        Assert.Single(found);
    }

    [Theory]
    [InlineData("Program.cs", "using Dressora.Web.Data; using Dressora.Web.Pages;")]
    [InlineData("Data/DataSetup.cs", "using Dressora.Web.Data.Sqlite; using Dressora.Web.Notices;")]
    [InlineData("Identity/IdentityTables.cs", "using Dressora.Web.Identity; namespace Dressora.Web.Data;")]
    [InlineData("Data/Sqlite/SqliteSchema.cs", "using Dressora.Web.Identity;")]
    [InlineData("Accounts/SignUps.cs", "using System.Data; class X { object Data; object Get() => Data.ToString(); }")]
    [InlineData("Pages/Home/Index.cshtml", "@model Dressora.Web.Pages.Home.IndexModel")]
    public void An_arrow_that_points_down_is_not(string path, string text) =>
        Clean.Of(Arrows.Check(new SourceTree([Writer, Adapter, Other, File(path, text)]), Plan.Written));

    [Fact]
    public void A_finding_says_where_and_what_to_do()
    {
        var found = Arrows.Check(SourceTree.Of("Dressora.Web/Identity/Role.cs", "\nusing Dressora.Web.Data;\n"), Plan.Written);

        Assert.Equal(
            "Dressora.Web/Identity/Role.cs:2: names Data. Identity may not name Data: turn the arrow round or pass a value "
            + "(Dressora.Web/HOUSE.md has the table).",
            Assert.Single(found).ToString());
    }

    [Theory]
    [InlineData("Identity/Role.cs", "namespace Dressora.Web.Data;")]
    [InlineData("Data/Sqlite/SqliteWriter.cs", "namespace Dressora.Web.Data;")]
    public void A_namespace_that_is_not_the_folder_is_found(string path, string text) =>
        Assert.Single(Arrows.CheckNamespaces(new SourceTree([File(path, text)])));

    [Fact]
    public void A_global_using_of_ours_is_found() =>
        Assert.Single(Arrows.CheckGlobalUsings(new SourceTree([File("Usings.cs", "global using System; global using Dressora.Web.Data;")])));

    private static SourceFile File(string path, string text) => new($"{SourceTree.ProductFolder}/{path}", text);
}
