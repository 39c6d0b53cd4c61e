using Google.Protobuf;
using Google.Protobuf.Reflection;

using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Reflection.V1;

using GrpcFacades.Tests.Calls;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

using V1Alpha = Grpc.Reflection.V1Alpha;

namespace GrpcFacades.Tests.Reflection;

/// <summary>The reflection service in both of its versions, over a socket.</summary>
public sealed class ReflectionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_mapped_services_are_listed(bool isAlpha)
    {
        await using var server = await StartAsync();

        var answer = await AskAsync(server, isAlpha, new ServerReflectionRequest { ListServices = "" });

        var names = answer.ListServicesResponse.Service.Select(service => service.Name).ToList();
        Assert.Contains("facades.tests.v1.EchoService", names);
        Assert.Contains("grpc.reflection.v1.ServerReflection", names);
        Assert.Contains("grpc.reflection.v1alpha.ServerReflection", names);
        Assert.DoesNotContain("facades.tests.v1.SilentService", names);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_comes_by_its_name_with_all_that_it_depends_on(bool isAlpha)
    {
        await using var server = await StartAsync();

        var answer = await AskAsync(server, isAlpha, new ServerReflectionRequest { FileByFilename = "echo.proto" });

        Assert.Equal(
            ["echo.proto", "google/protobuf/timestamp.proto", "greeting.proto"],
            Files(answer).Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal("facades.tests.v1", Files(answer).Single(file => file.Name == "echo.proto").Package);
    }

    [Theory]
    [InlineData("facades.tests.v1.EchoService", "echo.proto")]
    [InlineData("facades.tests.v1.EchoService.Say", "echo.proto")]
    [InlineData("facades.tests.v1.SayRequest", "echo.proto")]
    [InlineData("facades.tests.v1.Greeting", "greeting.proto")]
    [InlineData("google.protobuf.Timestamp", "google/protobuf/timestamp.proto")]
    public async Task A_file_comes_by_a_name_that_it_declares(string symbol, string file)
    {
        await using var server = await StartAsync();

        foreach (var isAlpha in new[] { true, false })
        {
            var answer = await AskAsync(server, isAlpha, new ServerReflectionRequest { FileContainingSymbol = symbol });
            Assert.Equal(file, Files(answer)[0].Name);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_answered_as_not_found_and_the_next_question_is_answered_too()
    {
        await using var server = await StartAsync();

        var answers = await AskAllAsync(
            server,
            new ServerReflectionRequest { FileByFilename = "no.proto" },
            new ServerReflectionRequest { FileContainingSymbol = "no.such.Symbol" },
            new ServerReflectionRequest { FileByFilename = "greeting.proto" });

        Assert.Equal((int)StatusCode.NotFound, answers[0].ErrorResponse.ErrorCode);
        Assert.Equal((int)StatusCode.NotFound, answers[1].ErrorResponse.ErrorCode);
        Assert.Equal("greeting.proto", Assert.Single(Files(answers[2])).Name);
    }

    [Fact]
    public async Task Questions_about_extensions_are_answered_as_unimplemented()
    {
        await using var server = await StartAsync();

        var answers = await AskAllAsync(
            server,
            new ServerReflectionRequest
            {
                FileContainingExtension = new ExtensionRequest { ContainingType = "google.protobuf.FieldOptions", ExtensionNumber = 1 },
            },
            new ServerReflectionRequest { AllExtensionNumbersOfType = "google.protobuf.FieldOptions" });

        Assert.All(answers, answer => Assert.Equal((int)StatusCode.Unimplemented, answer.ErrorResponse.ErrorCode));
    }

    [Fact]
    public async Task Conventions_hold_for_both_versions()
    {
        await using var server = await EchoServer.StartAsync(
            services: services => services.AddGrpcReflection(),
            map: app => app.MapGrpcReflectionService().WithDisplayName("reflection"));

        var services = server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.DisplayName == "reflection")
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName)
            .OfType<string>();
        Assert.Equal(
            ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"],
            services.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Mapping_without_registration_is_refused()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => EchoServer.StartAsync(map: app => app.MapGrpcReflectionService()));

        Assert.Contains("AddGrpcReflection", failure.Message, StringComparison.Ordinal);
    }

    private static Task<EchoServer> StartAsync() => EchoServer.StartAsync(
        services: services => services.AddGrpcReflection(),
        map: app => app.MapGrpcReflectionService());

    private static List<FileDescriptorProto> Files(ServerReflectionResponse answer) =>
        [.. answer.FileDescriptorResponse.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom)];

    private static async Task<ServerReflectionResponse> AskAsync(EchoServer server, bool isAlpha, ServerReflectionRequest request)
    {
        if (!isAlpha)
        {
            return (await AskAllAsync(server, request))[0];
        }

        using var call = new V1Alpha.ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(V1Alpha.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString()));
        Assert.True(await call.ResponseStream.MoveNext().Within("the answer"));
        await call.RequestStream.CompleteAsync();
        return ServerReflectionResponse.Parser.ParseFrom(call.ResponseStream.Current.ToByteString());
    }

    private static async Task<List<ServerReflectionResponse>> AskAllAsync(
        EchoServer server, params ServerReflectionRequest[] requests)
    {
        using var call = new ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo();
        var answers = new List<ServerReflectionResponse>();
        foreach (var request in requests)
        {
            await call.RequestStream.WriteAsync(request);
            Assert.True(await call.ResponseStream.MoveNext().Within("the answer"));
            answers.Add(call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext().Within("the end"));
        return answers;
    }
}
