using System.Runtime.CompilerServices;
using Dressora.Web.Data;

namespace Dressora.Tests.Harness;

internal static class Before
{
    /// <summary>A test may open SQLite before any site does; two native libraries in one process end it.</summary>
    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "Must come before the first connection.")]
    internal static void AnyTest() => SystemSqlite.ChooseNative();
}
