using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Dressora.Tests.Harness;
using Dressora.Web.Providers.Fal;
using Xunit;

namespace Dressora.Tests.Providers.Fal;

public sealed class Ed25519Tests
{
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly Ed25519Signer Signer = new(Seed);
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("a message");

    /// <summary>RFC 8032, 7.1: tests 1, 2, 3 and SHA(abc); 1024 is below.</summary>
    [Theory]
    [InlineData(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [InlineData(
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void The_vectors_of_the_standard_hold(string key, string message, string signature)
    {
        var (k, m, s) = (Convert.FromHexString(key), Convert.FromHexString(message), Convert.FromHexString(signature));

        Assert.True(Ed25519.Verify(k, m, s));
        s[5] ^= 1;
        Assert.False(Ed25519.Verify(k, m, s));
    }

    [Fact]
    public void The_long_vector_of_the_standard_holds()
    {
        var signer = new Ed25519Signer(Convert.FromHexString("f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5"));
        var message = Convert.FromHexString(Recordings.Answer("Fal/rfc8032-1024.txt").Trim());
        var signature = Convert.FromHexString(
            "0aab4c900501b3e24d7cdf4663326a3a87df5e4843b2cbdb67cbf6e460fec350aa5371b1508f9f4528ecea23c436d94b5e8fcd4f681e30a6ac00a9704a188a03");

        Assert.Equal("278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e", Convert.ToHexStringLower(signer.PublicKey));
        Assert.True(Ed25519.Verify(signer.PublicKey, message, signature));
        Assert.Equal(signature, signer.Sign(message));
    }

    [Fact]
    public void A_callback_as_fal_signs_it_holds()
    {
        const string Body = """{"error": null, "gateway_request_id": "11111111-2222-4333-8444-555555555555", "payload": {"images": [{"content_type": "image/png", "height": 1296, "url": "https://v3b.fal.media/files/b/test/out.png", "width": 864}]}, "request_id": "11111111-2222-4333-8444-555555555555", "status": "OK"}""";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Body)));
        var message = Encoding.UTF8.GetBytes($"11111111-2222-4333-8444-555555555555\nuser_test_1\n1760000000\n{hash}");
        const string Signature = "0a98675841dab70e74205e809226a8d5465e9e360892a7e1a00fe7406862125a81c5de0db6cf41176a6831c22dd807e5f4bb3cc9da0a21f20393d213709d4a07";

        Assert.Equal("235332eae3aed6c11208951aa619e4c638284b0e59763230a73d78c872f15aaa", hash);
        Assert.Equal("A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg", System.Buffers.Text.Base64Url.EncodeToString(Signer.PublicKey));
        Assert.True(Ed25519.Verify(Signer.PublicKey, message, Convert.FromHexString(Signature)));
        Assert.Equal(Signature, Convert.ToHexStringLower(Signer.Sign(message)));
    }

    [Fact]
    public void Another_message_or_key_does_not_hold()
    {
        var signature = Signer.Sign(Message);

        Assert.True(Ed25519.Verify(Signer.PublicKey, Message, signature));
        Assert.False(Ed25519.Verify(Signer.PublicKey, "another"u8, signature));
        Assert.False(Ed25519.Verify(new Ed25519Signer(new byte[32]).PublicKey, Message, signature));
    }

    [Theory]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    [InlineData(0, 0)]
    public void A_wrong_length_does_not_hold(int key, int signature)
    {
        byte[] k = [.. Signer.PublicKey, 0];
        byte[] s = [.. Signer.Sign(Message), 0];

        Assert.False(Ed25519.Verify(k.AsSpan(0, key), Message, s.AsSpan(0, signature)));
    }

    [Fact]
    public void A_scalar_beyond_the_order_does_not_hold()
    {
        var signature = Signer.Sign(Message);
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true) + CurvePoint.Order;
        signature.AsSpan(32).Clear();
        Assert.True(s.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true));

        Assert.False(Ed25519.Verify(Signer.PublicKey, Message, signature));
    }

    [Theory]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "the prime itself for zero")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "the prime and one for one")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "beyond the prime")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080", "minus zero")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "not on the curve")]
    public void A_point_written_in_no_or_another_way_does_not_count(string hex, string why)
    {
        var point = Convert.FromHexString(hex);

        Assert.True(CurvePoint.Decode(point) is null, why);
        Assert.False(Ed25519.Verify(point, Message, Signer.Sign(Message)));
        Assert.False(Ed25519.Verify(Signer.PublicKey, Message, [.. point, .. Signer.Sign(Message).AsSpan(32)]));
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        var signature = Signer.Sign(Message);
        for (var bit = 0; bit < signature.Length * 8; bit += 7)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Ed25519.Verify(Signer.PublicKey, Message, signature));
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
