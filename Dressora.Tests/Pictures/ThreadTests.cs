using Dressora.Web.Pictures;
using Xunit;

namespace Dressora.Tests.Pictures;

/// <summary>Threads come and go; what a picture library leaves in one must not outlive it.</summary>
public sealed class ThreadTests
{
    [Theory]
    [InlineData("jpeg")]
    [InlineData("webp")]
    [InlineData("png")]
    [InlineData("heic")]
    [InlineData("avif")]
    public void A_thread_that_worked_on_a_picture_can_end(string kind)
    {
        for (var round = 0; round < 10; round++)
        {
            var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() => Scene.Of(kind, Scene.Photo(64, 64)))).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        }
    }
}
