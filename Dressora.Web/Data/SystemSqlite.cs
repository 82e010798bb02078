using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Dressora.Web.Data;

/// <summary>
/// EF asks for SQLitePCLRaw 2.1; a feed that only has 2.0 gives an older assembly and a SQLite of 2021. Two answers,
/// given before anything touches the database, make the two fit: the assembly beside the app serves whatever version
/// is asked for, and the system's own SQLite is loaded when it is the newer one. With 2.1 neither is ever asked.
/// </summary>
internal static class SystemSqlite
{
    private const string CoreName = "SQLitePCLRaw.core";
    private const string ProviderName = "SQLitePCLRaw.provider.e_sqlite3";
    private const string BundledLibrary = "e_sqlite3";
    private const string SystemLibrary = "libsqlite3.so.0";

    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "Must come before EF loads.")]
    internal static void Prepare() => AssemblyLoadContext.Default.Resolving += BesideTheApp;

    /// <summary>Chooses the native library; called once, before the first connection.</summary>
    internal static void ChooseNative()
    {
        if (!OperatingSystem.IsLinux() || Interlocked.Exchange(ref _chosen, 1) == 1)
            return;
        var provider = Assembly.Load(new AssemblyName(ProviderName));
        NativeLibrary.SetDllImportResolver(provider, NewerOfTwo);
    }

    private static int _chosen;

    private static Assembly? BesideTheApp(AssemblyLoadContext context, AssemblyName wanted)
    {
        if (wanted.Name != CoreName)
            return null;
        var file = Path.Combine(AppContext.BaseDirectory, CoreName + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }

    private static IntPtr NewerOfTwo(string library, Assembly assembly, DllImportSearchPath? path)
    {
        if (library != BundledLibrary || !NativeLibrary.TryLoad(SystemLibrary, out var system))
            return IntPtr.Zero;
        if (!NativeLibrary.TryLoad(library, assembly, path, out var bundled) || VersionOf(system) >= VersionOf(bundled))
            return system;
        return bundled;
    }

    private static int VersionOf(IntPtr library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var export)
            ? Marshal.GetDelegateForFunctionPointer<VersionNumber>(export)()
            : 0;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();
}
