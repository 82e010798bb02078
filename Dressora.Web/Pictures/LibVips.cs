using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dressora.Web.Pictures;

/// <summary>
/// The calls into libvips and GLib that we use. None takes a variable number of arguments: P/Invoke passes those wrongly
/// on some machines, so operations get theirs as properties.
/// </summary>
internal static unsafe partial class LibVips
{
    internal const string Name = "libvips.so.42";
    private const string GObject = "libgobject-2.0.so.0";
    private const string GLib = "libglib-2.0.so.0";
    private const StringMarshalling Utf8 = StringMarshalling.Utf8;

    [LibraryImport(Name, EntryPoint = "vips_init", StringMarshalling = Utf8)]
    internal static partial int Init(string program);

    [LibraryImport(Name, EntryPoint = "vips_block_untrusted_set")]
    internal static partial void BlockUntrusted(int on);

    [LibraryImport(Name, EntryPoint = "vips_operation_block_set", StringMarshalling = Utf8)]
    internal static partial void Block(string family, int on);

    [LibraryImport(Name, EntryPoint = "vips_concurrency_set")]
    internal static partial void SetConcurrency(int threads);

    [LibraryImport(Name, EntryPoint = "vips_cache_set_max")]
    internal static partial void SetCacheMax(int operations);

    [LibraryImport(Name, EntryPoint = "vips_error_buffer_copy")]
    internal static partial byte* CopyError();

    [LibraryImport(Name, EntryPoint = "vips_error_clear")]
    internal static partial void ClearError();

    [LibraryImport(GLib, EntryPoint = "g_log_set_handler", StringMarshalling = Utf8)]
    internal static partial uint SetLogHandler(string domain, int levels, delegate* unmanaged[Cdecl]<nint, int, nint, nint, void> handler, nint data);

    [LibraryImport(Name, EntryPoint = "vips_operation_new", StringMarshalling = Utf8)]
    internal static partial nint NewOperation(string name);

    [LibraryImport(Name, EntryPoint = "vips_object_set_argument_from_string", StringMarshalling = Utf8)]
    internal static partial int SetArgument(nint operation, string name, string value);

    [LibraryImport(Name, EntryPoint = "vips_cache_operation_buildp")]
    internal static partial int Build(nint* operation);

    [LibraryImport(Name, EntryPoint = "vips_object_unref_outputs")]
    internal static partial void UnrefOutputs(nint operation);

    [LibraryImport(Name, EntryPoint = "vips_image_new_from_memory")]
    internal static partial nint NewFromMemory(void* data, nuint size, int width, int height, int bands, int format);

    [LibraryImport(Name, EntryPoint = "vips_image_write_to_memory")]
    internal static partial void* WriteToMemory(nint image, out nuint size);

    [LibraryImport(Name, EntryPoint = "vips_image_get_width")]
    internal static partial int Width(nint image);

    [LibraryImport(Name, EntryPoint = "vips_image_get_height")]
    internal static partial int Height(nint image);

    [LibraryImport(Name, EntryPoint = "vips_image_get_bands")]
    internal static partial int Bands(nint image);

    [LibraryImport(Name, EntryPoint = "vips_image_get_orientation")]
    internal static partial int Orientation(nint image);

    [LibraryImport(Name, EntryPoint = "vips_image_hasalpha")]
    internal static partial int HasAlpha(nint image);

    [LibraryImport(Name, EntryPoint = "vips_image_get_n_pages")]
    internal static partial int Pages(nint image);

    [LibraryImport(Name, EntryPoint = "vips_image_set_kill")]
    internal static partial void SetKill(nint image, int kill);

    [LibraryImport(Name, EntryPoint = "vips_blob_new")]
    internal static partial nint NewBlob(nint free, void* data, nuint size);

    [LibraryImport(Name, EntryPoint = "vips_blob_get")]
    internal static partial void* BlobData(nint blob, out nuint size);

    [LibraryImport(Name, EntryPoint = "vips_area_unref")]
    internal static partial void UnrefBlob(nint blob);

    [LibraryImport(Name, EntryPoint = "vips_image_get_type")]
    internal static partial nint ImageType();

    [LibraryImport(Name, EntryPoint = "vips_blob_get_type")]
    internal static partial nint BlobType();

    [LibraryImport(GObject, EntryPoint = "g_value_init")]
    internal static partial nint InitValue(GValue* value, nint type);

    [LibraryImport(GObject, EntryPoint = "g_value_set_object")]
    internal static partial void SetObject(GValue* value, nint it);

    [LibraryImport(GObject, EntryPoint = "g_value_set_boxed")]
    internal static partial void SetBoxed(GValue* value, nint it);

    [LibraryImport(GObject, EntryPoint = "g_value_dup_object")]
    internal static partial nint DupObject(GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_value_dup_boxed")]
    internal static partial nint DupBoxed(GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_value_unset")]
    internal static partial void UnsetValue(GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_object_set_property", StringMarshalling = Utf8)]
    internal static partial void SetProperty(nint it, string name, GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_object_get_property", StringMarshalling = Utf8)]
    internal static partial void GetProperty(nint it, string name, GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_object_unref")]
    internal static partial void Unref(nint it);

    [LibraryImport(GLib, EntryPoint = "g_free")]
    internal static partial void Free(void* memory);

    /// <summary>One short PNG prints 7,000 lines of warnings otherwise.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void KeepQuiet(nint domain, int level, nint message, nint data)
    {
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct GValue
    {
        internal nint Type;
        internal long First;
        internal long Second;
    }
}
