using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dressora.Tests.House;

/// <summary>Finds rooms that save by themselves instead of asking a floor's verb.</summary>
internal static class Rooms
{
    private const string Remedy = "A room asks a verb of a floor; the verb writes.";

    private static readonly string[] Saving =
    [
        "SaveChanges", "SaveChangesAsync", "ExecuteUpdate", "ExecuteUpdateAsync", "ExecuteDelete", "ExecuteDeleteAsync",
        "ExecuteSql", "ExecuteSqlAsync", "ExecuteSqlRaw", "ExecuteSqlRawAsync", "OpenForIdentity", "AfterCommit",
    ];

    private static readonly string[] Changing =
        ["Add", "AddAsync", "AddRange", "AddRangeAsync", "Update", "UpdateRange", "Remove", "RemoveRange", "Attach", "AttachRange"];

    internal static IEnumerable<Finding> CheckSaves(SourceTree tree) =>
        tree.Code.Where(file => file.Folders is ["Pages" or "Api", ..]).SelectMany(CheckSaves);

    private static IEnumerable<Finding> CheckSaves(SourceFile file)
    {
        var databases = NamesOf(file, "Database");
        var contexts = NamesOf(file, "DressoraDb");
        contexts.UnionWith(file.Syntax.DescendantNodes().OfType<VariableDeclaratorSyntax>()
            .Where(local => local.Initializer?.Value.ToString().Contains("OpenReader", StringComparison.Ordinal) == true)
            .Select(local => local.Identifier.Text));
        foreach (var call in file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is not MemberAccessExpressionSyntax access)
                continue;
            var verb = access.Name.Identifier.Text;
            var on = access.Expression.ToString().Split('.', '(')[0];
            if (Saving.Contains(verb) || (verb == "WriteAsync" && databases.Contains(on)) || (Changing.Contains(verb) && contexts.Contains(on)))
                yield return file.At(call, $"{on}.{verb} saves.", Remedy);
        }

        foreach (var type in file.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.Text == "Write"))
        {
            if (type.Parent is ParameterSyntax)
                yield return file.At(type, "takes part in a write.", Remedy);
        }
    }

    private static HashSet<string> NamesOf(SourceFile file, string type) =>
    [
        .. file.Syntax.DescendantNodes().OfType<ParameterSyntax>().Where(one => one.Type?.ToString().TrimEnd('?') == type)
            .Select(one => one.Identifier.Text),
        .. file.Syntax.DescendantNodes().OfType<VariableDeclarationSyntax>().Where(one => one.Type.ToString().TrimEnd('?') == type)
            .SelectMany(one => one.Variables).Select(one => one.Identifier.Text),
    ];
}
