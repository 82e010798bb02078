using System.Globalization;
using System.Text;
using QRCoder;

namespace Dressora.Web.Pages.Account;

/// <summary>A text as a square of dark modules: one SVG path, in the colour of the page's text.</summary>
public sealed class QrDrawing
{
    private QrDrawing(int size, string path)
    {
        Size = size;
        Path = path;
    }

    public int Size { get; }
    public string Path { get; }

    public static QrDrawing Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            for (var x = 0; x < data.ModuleMatrix[y].Length; x++)
            {
                if (data.ModuleMatrix[y][x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }

        return new QrDrawing(data.ModuleMatrix.Count, path.ToString());
    }
}
