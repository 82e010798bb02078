using Xunit;

namespace Dressora.Tests.House;

public sealed class RoomsTests
{
    [Fact]
    public void No_room_saves() => Clean.Of(Rooms.CheckSaves(SourceTree.Product));

    [Theory]
    [InlineData("Pages/Account/Index.cshtml.cs", "class X(Database d) { void Y() => d.WriteAsync(w => 1); }")]
    [InlineData("Pages/Account/Index.cshtml.cs", "class X { private readonly Database? _d; void Y() => _d.WriteAsync(w => 1); }")]
    [InlineData("Pages/Account/Index.cshtml.cs", "class X(DressoraDb db) { void Y() => db.Users.Add(new()); }")]
    [InlineData("Pages/Account/Index.cshtml.cs", "class X(DressoraDb db) { void Y() => db.Users.Where(u => true).ExecuteDeleteAsync(); }")]
    [InlineData("Pages/Account/Index.cshtml.cs", "class X(Database d) { void Y() { using var r = d.OpenReader(); r.Remove(1); } }")]
    [InlineData("Pages/Account/Index.cshtml.cs", "class X { void Y(object any) => any.SaveChangesAsync(); }")]
    [InlineData("Api/Jobs.cs", "class X { void Y(Write write) { } }")]
    public void A_room_that_saves_is_found(string path, string text) => Assert.Single(Rooms.CheckSaves(Planted(path, text)));

    [Theory]
    [InlineData("Pages/Account/Index.cshtml.cs", "class X(Database d) { void Y() { using var r = d.OpenReader(); r.Users.Count(); } }")]
    [InlineData("Pages/Account/Index.cshtml.cs", "class X(List<int> all) { void Y() { all.Add(1); Response.WriteAsync(\"\"); } }")]
    [InlineData("Accounts/SignUps.cs", "class X(Database d) { void Y() => d.WriteAsync(w => 1); }")]
    public void A_room_that_reads_is_not(string path, string text) => Clean.Of(Rooms.CheckSaves(Planted(path, text)));

    private static SourceTree Planted(string path, string text) => SourceTree.Of($"{SourceTree.ProductFolder}/{path}", text);
}
