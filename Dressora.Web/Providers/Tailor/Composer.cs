using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Lays the fitted garment over the photo, and what belongs in front of it over that.</summary>
internal sealed class Composer(Garment garment, Figure figure, Fitter fitter)
{
    private const float Shadow = 0.38f;
    private readonly int _width = figure.Photo.Width;
    private readonly int _height = figure.Photo.Height;

    internal Picture Compose()
    {
        var back = new Layer(_width, _height);
        back.Draw(fitter.Body, garment.Cloth, (x, y) => garment.Neckline.IsBehind(x, y) ? Cover(x, y) : 0);
        var body = new Layer(_width, _height);
        body.Draw(fitter.Body, garment.Cloth, (x, y) => garment.Neckline.IsBehind(x, y) ? 0 : Cover(x, y) * OnBody(x, y));
        Trim(body);
        var sleeves = fitter.Sleeves.Select((cloth, i) => SleeveLayer(cloth, i == 0 ? -1 : 1)).ToList();
        var cover = sleeves.Aggregate(body.Cover, (all, sleeve) => all.With(sleeve.Cover, MathF.Max));
        var bare = new Undressing(figure, fitter, OldClothes.Of(figure), cover).Bare();
        var (light, result) = (new Light(figure, fitter.ArmpitY, fitter.HemY), (Vector3[])bare.Places.Clone());
        LayBack(result, back);
        Shade(result, cover);
        Lay(result, body, light.OnBody);
        for (var i = 0; i < sleeves.Count; i++)
        {
            var arm = figure.Arms[i];
            Lay(result, sleeves[i], (x, y) => light.OnSleeve(x, y, arm));
        }

        LayFront(result, bare, sleeves);
        return bare with { Places = result };
    }

    private Layer SleeveLayer(Cloth cloth, int side)
    {
        var layer = new Layer(_width, _height);
        var (armpit, piece) = (garment.Armpit(side), garment.Sleeve(side)!.Piece);
        layer.Draw(cloth, garment.Cloth, (x, y) =>
        {
            if ((x - garment.Rows.Axis) * side < 0)
                return 0;
            var beyond = y > armpit.Y ? garment.Outside(side, x, y) + 1 : garment.Outside(side, x, y) + 3;
            return beyond <= 0 ? 0 : Near(x, y) * piece.Near(x, y) * Math.Clamp(beyond / 3, 0, 1);
        });
        Trim(layer);
        return layer;
    }

    /// <summary>On the shoulders cloth ends where the body does; a collar may stand up from it.</summary>
    private void Trim(Layer layer)
    {
        var body = Softness.Blur(Field.Of(_width, _height, Shapes.Grow(figure.Body.Person.Above(0.5f), _width, 1)), 1.3f);
        var (pose, reach) = (figure.Pose, 1.02f * garment.Neckline.Reach * fitter.Scale);
        for (var y = 0; y < fitter.ArmpitY; y++)
        {
            var below = Math.Clamp((y - fitter.ArmpitY + (0.14f * pose.Torso)) / (0.08f * pose.Torso), 0, 1);
            for (var x = 0; x < _width; x++)
            {
                var beside = Math.Clamp(((MathF.Abs(x - pose.Neck.X) / reach) - 1) / 0.1f, 0, 1);
                layer.Cover[x, y] *= 1 - ((1 - Math.Clamp((body[x, y] - 0.35f) / 0.3f, 0, 1)) * (1 - below) * beside);
            }
        }
    }

    private float Near(float x, float y) => x < 0 || y < 0 || x >= garment.Cover.Width || y >= garment.Cover.Height ? 0 : garment.Cover.Near(x, y);

    private float Cover(float x, float y) => Near(x, y) * Math.Clamp((garment.Rows.Hem + 1 - y) / 2, 0, 1);

    /// <summary>The body's piece goes a little way under the sleeves' pieces.</summary>
    private float OnBody(float x, float y)
    {
        if (!garment.HasSleeves)
            return 1;
        var beyond = MathF.Max(garment.Outside(-1, x, y), garment.Outside(1, x, y));
        return Math.Clamp((5 - beyond) / 3, 0, 1);
    }

    /// <summary>The inside of the collar's back is behind the neck and the hair.</summary>
    private void LayBack(Vector3[] result, Layer back)
    {
        for (var i = 0; i < result.Length; i++)
        {
            var share = back.Cover.Values[i] * (1 - Math.Clamp((figure.Body.Person.Values[i] - 0.2f) / 0.4f, 0, 1));
            result[i] = Vector3.Lerp(result[i], back.Colours[i] * 0.85f, share);
        }
    }

    private void Shade(Vector3[] result, Field cover)
    {
        var soft = Softness.Blur(cover, 0.02f * figure.Shoulders);
        for (var i = 0; i < result.Length; i++)
            result[i] *= 1 - (Shadow * Math.Clamp(soft.Values[i] - cover.Values[i], 0, 1) * Math.Clamp((figure.Body.Person.Values[i] - 0.4f) / 0.4f, 0, 1));
    }

    private void Lay(Vector3[] result, Layer layer, Func<int, int, float> light)
    {
        for (var i = 0; i < result.Length; i++)
        {
            var share = layer.Cover.Values[i];
            if (share > 0)
                result[i] = Vector3.Lerp(result[i], Vector3.Min(layer.Colours[i] * light(i % _width, i / _width), new Vector3(255)), share);
        }
    }

    /// <summary>Hair and face always; hands and bare arms where no sleeve covers them.</summary>
    private void LayFront(Vector3[] result, Picture bare, List<Layer> sleeves)
    {
        var (body, photo) = (figure.Body, figure.Photo);
        for (var i = 0; i < result.Length; i++)
        {
            var (x, y) = (i % _width, i / _width);
            var front = MathF.Max(Math.Clamp((body.Hair.Values[i] - 0.35f) / 0.4f, 0, 1), Math.Clamp((body.Face.Values[i] - 0.5f) / 0.3f, 0, 1));
            result[i] = Vector3.Lerp(result[i], photo.Places[i], front);
            if (body.Skin.Values[i] < 0.5f || y < fitter.ArmpitY)
                continue;
            var hidden = sleeves.Count == 0 ? 0 : sleeves.Max(sleeve => sleeve.Cover.Values[i]);
            var arm = Math.Clamp((body.Skin.Values[i] - 0.5f) / 0.3f, 0, 1) * Math.Clamp((1.2f - figure.ArmAway(x, y)) / 0.15f, 0, 1) * (1 - hidden);
            result[i] = Vector3.Lerp(result[i], bare.Places[i], arm * Math.Clamp((y - fitter.ArmpitY) / (0.05f * figure.Pose.Torso), 0, 1));
        }
    }
}
