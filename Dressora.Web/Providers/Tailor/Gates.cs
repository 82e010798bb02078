namespace Dressora.Web.Providers.Tailor;

/// <summary>What the tailor does not attempt, because nobody would want the result. Measured on photos that went well and badly.</summary>
internal static class Gates
{
    private const float ScoreMin = 0.8f;
    private const float NarrowMin = 0.5f;
    private const float WideMax = 0.76f;
    private const float ThighMin = 0.62f;
    private const float FaceMin = 0.005f;
    private const float SecondMax = 0.3f;

    /// <summary>How much wider than the joints that the model marks a pose's shoulders are.</summary>
    private const float Wider = 1.09f;

    internal static PhotoFault? OfFigure(BodyMap body)
    {
        if (body.SecondFigure > SecondMax)
            return PhotoFault.SeveralPeople;
        return body.FaceShare < FaceMin ? PhotoFault.NoFace : null;
    }

    internal static PhotoFault? OfPose(Pose pose)
    {
        if (pose.Score < ScoreMin)
            return PhotoFault.NoPerson;
        if (pose.LeftShoulder.X >= pose.RightShoulder.X || pose.Torso <= 0 || pose.Shoulders / Wider / pose.Torso is < NarrowMin or > WideMax)
            return PhotoFault.NotFacing;
        if (pose.LeftArm[2].Y < pose.Neck.Y || pose.RightArm[2].Y < pose.Neck.Y || pose.LeftArm[1].Y < pose.Neck.Y || pose.RightArm[1].Y < pose.Neck.Y)
            return PhotoFault.ArmsUp;
        return pose.Thigh / pose.Torso < ThighMin ? PhotoFault.NotStanding : null;
    }

    /// <summary>Somebody's face in a garment's photo: it is worn.</summary>
    internal static PhotoFault? OfGarment(Field[] rough) =>
        rough[3].Values.Count(share => share > 0.5f) / (float)rough[3].Values.Length > FaceMin ? PhotoFault.WornGarment : null;
}
