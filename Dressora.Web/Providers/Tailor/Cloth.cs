using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>A place of the garment that comes to lie at a place of the photo.</summary>
internal readonly record struct Pin(Vector2 From, Vector2 To, float Weight = 1);

/// <summary>A piece of cloth as a net: pinned in some places, as little bent as may be in all others.</summary>
internal sealed class Cloth
{
    private const int Across = 42;
    private const float Bending = 0.25f;
    private const int RoundsMax = 400;
    private const float Good = 1e-5f;

    private readonly Vector2 _corner;
    private readonly float _step;
    private readonly int _columns;
    private readonly int _rows;
    private readonly Vector2[] _knots;

    internal Cloth(Vector2 corner, Vector2 size, IReadOnlyList<Pin> pins, Func<Vector2, Vector2> guess)
    {
        _step = MathF.Max(size.X, size.Y) / Across;
        (_columns, _rows) = ((int)(size.X / _step) + 3, (int)(size.Y / _step) + 3);
        _corner = corner - new Vector2(_step);
        _knots = new Vector2[_columns * _rows];
        for (var i = 0; i < _knots.Length; i++)
            _knots[i] = guess(KnotFrom(i));
        Relax([.. pins.Select(pin => (pin, CellOf(pin.From)))]);
    }

    internal int Columns => _columns;
    internal int Rows => _rows;

    internal Vector2 KnotFrom(int knot) => _corner + (new Vector2(knot % _columns, knot / _columns) * _step);

    internal Vector2 KnotTo(int knot) => _knots[knot];

    /// <summary>Where a place of the garment comes to lie.</summary>
    internal Vector2 To(Vector2 from) => Mix(_knots, CellOf(from));

    private static Vector2 Mix(Vector2[] knots, Cell cell) =>
        (knots[cell.A] * cell.WeightA) + (knots[cell.B] * cell.WeightB) + (knots[cell.C] * cell.WeightC) + (knots[cell.D] * cell.WeightD);

    private Cell CellOf(Vector2 from)
    {
        var at = (from - _corner) / _step;
        var (column, row) = (Math.Clamp((int)at.X, 0, _columns - 2), Math.Clamp((int)at.Y, 0, _rows - 2));
        var (x, y, first) = (at.X - column, at.Y - row, (row * _columns) + column);
        return new Cell(first, first + 1, first + _columns, first + _columns + 1, (1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y);
    }

    /// <summary>Least squares by conjugate gradients; both coordinates at once, since they do not know each other.</summary>
    private void Relax((Pin Pin, Cell Cell)[] pins)
    {
        var goal = new Vector2[_knots.Length];
        foreach (var (pin, cell) in pins)
            cell.Add(goal, pin.To * pin.Weight);
        var (rest, pulled) = (new Vector2[_knots.Length], new Vector2[_knots.Length]);
        Pull(_knots, pulled, pins);
        for (var i = 0; i < rest.Length; i++)
            rest[i] = goal[i] - pulled[i];
        var way = (Vector2[])rest.Clone();
        var (left, start) = (Dot(rest, rest), Dot(goal, goal));
        for (var round = 0; round < RoundsMax && left.X + left.Y > Good * Good * (start.X + start.Y); round++)
        {
            Pull(way, pulled, pins);
            var far = left / Vector2.Max(Dot(way, pulled), new Vector2(1e-12f));
            for (var i = 0; i < rest.Length; i++)
            {
                _knots[i] += far * way[i];
                rest[i] -= far * pulled[i];
            }

            var now = Dot(rest, rest);
            var keep = now / Vector2.Max(left, new Vector2(1e-12f));
            for (var i = 0; i < way.Length; i++)
                way[i] = rest[i] + (keep * way[i]);
            left = now;
        }
    }

    private void Pull(Vector2[] knots, Vector2[] to, (Pin Pin, Cell Cell)[] pins)
    {
        Array.Clear(to);
        for (var row = 0; row < _rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                var i = (row * _columns) + column;
                if (column > 0 && column < _columns - 1)
                    Bend(knots, to, i - 1, i, i + 1);
                if (row > 0 && row < _rows - 1)
                    Bend(knots, to, i - _columns, i, i + _columns);
                if (column < _columns - 1 && row < _rows - 1)
                    Twist(knots, to, i);
            }
        }

        foreach (var (pin, cell) in pins)
            cell.Add(to, Mix(knots, cell) * pin.Weight);
    }

    private static void Bend(Vector2[] knots, Vector2[] to, int one, int middle, int other)
    {
        var bent = (knots[one] + knots[other] - (2 * knots[middle])) * Bending;
        to[one] += bent;
        to[other] += bent;
        to[middle] -= 2 * bent;
    }

    private void Twist(Vector2[] knots, Vector2[] to, int i)
    {
        var twisted = (knots[i] - knots[i + 1] - knots[i + _columns] + knots[i + _columns + 1]) * Bending * 2;
        to[i] += twisted;
        to[i + 1] -= twisted;
        to[i + _columns] -= twisted;
        to[i + _columns + 1] += twisted;
    }

    private static Vector2 Dot(Vector2[] one, Vector2[] other)
    {
        var sum = Vector2.Zero;
        for (var i = 0; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }

    private readonly record struct Cell(int A, int B, int C, int D, float WeightA, float WeightB, float WeightC, float WeightD)
    {
        internal void Add(Vector2[] to, Vector2 what)
        {
            to[A] += what * WeightA;
            to[B] += what * WeightB;
            to[C] += what * WeightC;
            to[D] += what * WeightD;
        }
    }
}
