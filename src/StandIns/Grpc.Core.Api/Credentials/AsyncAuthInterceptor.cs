namespace Grpc.Core;

/// <summary>Adds credentials to the headers of a call.</summary>
/// <param name="context">Which call.</param>
/// <param name="metadata">The call's headers, to be added to.</param>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
