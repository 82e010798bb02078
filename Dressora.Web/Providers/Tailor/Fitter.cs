using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Decides where each part of a garment lies on a figure: a body and two sleeves that share their seams.</summary>
internal sealed class Fitter
{
    private const int SeamPins = 12;
    private readonly Garment _garment;
    private readonly Figure _figure;
    private readonly float _scale;
    private readonly Vector2 _leftTip;
    private readonly Vector2 _rightTip;

    internal Fitter(Garment garment, Figure figure)
    {
        (_garment, _figure) = (garment, figure);
        var (pose, wide) = (figure.Pose, figure.Shoulders);
        var beyond = garment.HasSleeves ? 0.045f * wide : -0.02f * wide;
        _leftTip = Tip(pose.LeftShoulder, pose.LeftShoulder.X - beyond, 1);
        _rightTip = Tip(pose.RightShoulder, pose.RightShoulder.X + beyond, -1);
        _scale = (_rightTip.X - _leftTip.X) / garment.Shoulders;
        var shoulderY = (_leftTip.Y + _rightTip.Y) / 2;
        ArmpitY = Math.Clamp(shoulderY + ((garment.Rows.Armpit - garment.ShoulderY) * _scale * 0.9f), pose.Neck.Y + (0.26f * pose.Torso), pose.Neck.Y + (0.45f * pose.Torso));
        var natural = shoulderY + ((garment.Rows.Hem - garment.ShoulderY) * _scale);
        HemY = MathF.Max(Math.Clamp(natural, figure.OldHem + 2, MathF.Max(pose.Hips.Y + (0.2f * pose.Torso), figure.OldHem + 4)), figure.OldHem + (0.015f * pose.Torso));
        Body = new Cloth(Corner, Size, BodyPins(), Guess);
        Sleeves = garment.HasSleeves ? [new SleeveFitter(garment, figure, this, -1).Fit(), new SleeveFitter(garment, figure, this, 1).Fit()] : [];
    }

    /// <summary>Places of the photo to a place of the garment.</summary>
    internal float Scale => _scale;
    internal float ArmpitY { get; }
    internal float HemY { get; }
    internal Cloth Body { get; }
    internal IReadOnlyList<Cloth> Sleeves { get; }

    internal Vector2 Corner => new(0, _garment.Rows.Top);
    internal Vector2 Size => new(_garment.Cover.Width, _garment.Cover.Height - _garment.Rows.Top);

    internal Vector2 Guess(Vector2 from) =>
        ((_leftTip + _rightTip) / 2) + ((from - ((_garment.LeftTip + _garment.RightTip) / 2)) * _scale);

    private Vector2 Tip(Vector2 shoulder, float x, int inwards)
    {
        var heights = Enumerable.Range(2, 8).Select(i => _figure.Top(x + (inwards * i * 0.012f * _figure.Shoulders))).Order().ToList();
        return new Vector2(x, Math.Clamp(heights[4], shoulder.Y - (0.2f * _figure.Shoulders), shoulder.Y - (0.02f * _figure.Shoulders)));
    }

    private List<Pin> BodyPins()
    {
        var pins = new List<Pin> { new(_garment.LeftTip, _leftTip, 4), new(_garment.RightTip, _rightTip, 4) };
        var rows = _garment.Rows;
        for (var y = rows.Armpit; y <= rows.Hem; y += Math.Max(2, rows.Height / 60))
        {
            var to = float.Lerp(ArmpitY, HemY, (y - rows.Armpit) / (float)Math.Max(1, rows.Hem - rows.Armpit));
            var (left, right) = (rows.Left[y - rows.Top], rows.Right[y - rows.Top]);
            // Wide cloth stays wide, in part: it falls, it does not stretch over the body.
            var loose = MathF.Max(0, ((right - left) * _scale) - (_figure.Right(to) - _figure.Left(to))) * 0.22f;
            pins.Add(new Pin(new Vector2(left, y), new Vector2(_figure.Left(to) - loose, to)));
            pins.Add(new Pin(new Vector2(right, y), new Vector2(_figure.Right(to) + loose, to)));
            pins.Add(new Pin(new Vector2(rows.Axis, y), new Vector2((_figure.Left(to) + _figure.Right(to)) / 2, to), 0.3f));
        }

        pins.AddRange(ShoulderPins(-1));
        pins.AddRange(ShoulderPins(1));
        pins.AddRange(NeckPins());
        return pins;
    }

    /// <summary>From the neck to the tip the cloth lies on the body's outline.</summary>
    private IEnumerable<Pin> ShoulderPins(int side)
    {
        var (neck, tip, to) = (NeckFrom(side), _garment.Tip(side), side < 0 ? _leftTip : _rightTip);
        var neckTo = NeckTo(side);
        for (var i = 0; i < SeamPins; i++)
        {
            var share = i / (float)SeamPins;
            var from = TopOf(float.Lerp(neck.X, tip.X, share));
            var x = float.Lerp(neckTo.X, to.X, share);
            var lifted = from.Y - float.Lerp(neck.Y, tip.Y, share);
            var outline = _figure.Top(x) - (0.035f * _figure.Shoulders);
            var straight = float.Lerp(neckTo.Y, to.Y, share) + (lifted * _scale * 0.5f);
            yield return new Pin(from, new Vector2(x, share < 0.05f ? neckTo.Y : Math.Clamp(outline, straight - (0.08f * _figure.Shoulders), straight + (0.08f * _figure.Shoulders))), 1.5f);
        }
    }

    private IEnumerable<Pin> NeckPins()
    {
        var neckline = _garment.Neckline;
        var (left, right) = (NeckTo(-1), NeckTo(1));
        for (var share = -0.8f; share <= 0.81f; share += 0.2f)
        {
            var from = new Vector2(neckline.Middle + (share * neckline.Reach), neckline.At(share));
            var on = Vector2.Lerp(left, right, (share + 1) / 2);
            yield return new Pin(from, on + new Vector2(0, (from.Y - neckline.Top) * _scale), 0.8f);
        }
    }

    private Vector2 NeckFrom(int side) => TopOf(_garment.Neckline.Middle + (side * _garment.Neckline.Reach));

    /// <summary>Beside the neck, on the outline; a collar stands up as far as it does on the garment.</summary>
    private Vector2 NeckTo(int side)
    {
        var middle = _figure.Pose.Neck.X;
        var x = middle + (side * _garment.Neckline.Reach * _scale);
        var tip = side < 0 ? _leftTip : _rightTip;
        var natural = tip.Y + ((NeckFrom(side).Y - _garment.Tip(side).Y) * _scale);
        var outline = _figure.Top(x) - (0.03f * _figure.Shoulders);
        return new Vector2(x, Math.Clamp(outline, natural - (0.03f * _figure.Shoulders), natural + (0.08f * _figure.Shoulders)));
    }

    private Vector2 TopOf(float x)
    {
        var width = _garment.Cover.Width;
        var column = Math.Clamp((int)MathF.Round(x), 0, width - 1);
        for (var y = _garment.Rows.Top; y < _garment.Rows.Armpit; y++)
        {
            if (_garment.Mask[(y * width) + column])
                return new Vector2(x, y);
        }

        return new Vector2(x, _garment.ShoulderY);
    }
}
