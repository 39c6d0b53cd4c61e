namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors in front of a channel.</summary>
public static class ChannelExtensions
{
    /// <summary>Makes an invoker whose calls go through an interceptor first.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">The interceptor.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(channel.CreateCallInvoker(), interceptor);
    }

    /// <summary>Makes an invoker whose calls go through interceptors in the order given.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptors">The interceptors; the first sees a call first.</param>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(interceptors);
        return interceptors.Reverse().Aggregate(channel.CreateCallInvoker(), (inner, interceptor) => inner.Intercept(interceptor));
    }

    /// <summary>Makes an invoker in whose calls a function may replace the headers.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">Gets the headers, empty if there are none, and returns those to send.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(channel.CreateCallInvoker(), new MetadataInterceptor(interceptor));
    }
}
