using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using Grpc.Core;
using Grpc.Net.Client;

using GrpcFacades.Tests.V1;

using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace GrpcFacades.Tests.Calls;

/// <summary>Credentials of calls and of channels, with and without TLS.</summary>
public sealed class CredentialsTests
{
    [Fact]
    public async Task Credentials_of_a_call_add_to_its_headers()
    {
        await using var server = await EchoServer.StartAsync(
            channelOptions: new GrpcChannelOptions { UnsafeUseInsecureChannelCallCredentials = true });
        var received = new TaskCompletionSource<Metadata>();
        server.Behaviour.Say = (request, context) =>
        {
            received.SetResult(context.RequestHeaders);
            return Task.FromResult(new SayResponse { Text = request.Text });
        };
        var named = new List<string>();
        var credentials = CallCredentials.Compose(
            CallCredentials.FromInterceptor((context, headers) =>
            {
                named.Add($"{context.ServiceUrl} {context.MethodName}");
                headers.Add("authorization", "Bearer key");
                return Task.CompletedTask;
            }),
            CallCredentials.FromInterceptor(async (_, headers) =>
            {
                await Task.Yield();
                headers.Add("tenant", "t1");
            }));

        await server.Client.SayAsync(new SayRequest(), new CallOptions(credentials: credentials)).ResponseAsync.Within("the answer");

        var headers = await received.Task.Within("the call");
        Assert.Equal("Bearer key", headers.GetValue("authorization"));
        Assert.Equal("t1", headers.GetValue("tenant"));
        Assert.EndsWith("/facades.tests.v1.EchoService Say", Assert.Single(named), StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_of_calls_need_a_channel_that_is_secure()
    {
        var credentials = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);

        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(ChannelCredentials.Insecure, credentials));
        Assert.NotNull(ChannelCredentials.Create(ChannelCredentials.SecureSsl, credentials));
    }

    [Fact]
    public void A_channel_without_security_cannot_have_a_secure_address() =>
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress(
            "https://localhost:5001", new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure }));

    [Fact]
    public async Task Over_tls_the_channels_credentials_are_sent_and_the_server_knows_the_clients_certificate()
    {
        using var serverCertificate = NewCertificate("localhost");
        using var clientCertificate = NewCertificate("partner");
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    certificate?.GetCertHashString() == serverCertificate.GetCertHashString(),
                ClientCertificates = [clientCertificate],
            },
        };
        await using var server = await EchoServer.StartAsync(
            listen: options => options.UseHttps(serverCertificate, https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.AllowAnyClientCertificate();
            }),
            channelOptions: new GrpcChannelOptions
            {
                HttpHandler = handler,
                Credentials = ChannelCredentials.Create(
                    new SslCredentials(),
                    CallCredentials.FromInterceptor((_, headers) =>
                    {
                        headers.Add("authorization", "Bearer key");
                        return Task.CompletedTask;
                    })),
            });
        var seen = new TaskCompletionSource<(AuthContext Auth, string? Authorization)>();
        server.Behaviour.Say = (request, context) =>
        {
            seen.SetResult((context.AuthContext, context.RequestHeaders.GetValue("authorization")));
            return Task.FromResult(new SayResponse { Text = request.Text });
        };

        await server.Client.SayAsync(new SayRequest()).ResponseAsync.Within("the answer");

        var (auth, authorization) = await seen.Task.Within("the call");
        Assert.Equal("Bearer key", authorization);
        Assert.True(auth.IsPeerAuthenticated);
        Assert.Equal("x509_common_name", auth.PeerIdentityPropertyName);
        Assert.Equal("partner", Assert.Single(auth.PeerIdentity).Value);
        Assert.Contains(auth.Properties, property => property.Name == "x509_common_name");
        Assert.Empty(auth.FindPropertiesByName("other"));
    }

    [Fact]
    public async Task Without_tls_the_server_knows_nothing_of_the_client()
    {
        await using var server = await EchoServer.StartAsync();
        var seen = new TaskCompletionSource<AuthContext>();
        server.Behaviour.Say = (request, context) =>
        {
            seen.SetResult(context.AuthContext);
            return Task.FromResult(new SayResponse { Text = request.Text });
        };

        await server.Client.SayAsync(new SayRequest()).ResponseAsync.Within("the answer");

        var auth = await seen.Task.Within("the call");
        Assert.False(auth.IsPeerAuthenticated);
        Assert.Empty(auth.PeerIdentity);
    }

    private static X509Certificate2 NewCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
