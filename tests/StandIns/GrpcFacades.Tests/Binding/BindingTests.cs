using System.Reflection;

using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;

namespace GrpcFacades.Tests.Binding;

/// <summary>The registry's own assemblies find in the facades all that they were compiled against.</summary>
public sealed class BindingTests
{
    private static readonly Assembly[] RealAssemblies = [typeof(GrpcServiceOptions).Assembly, typeof(GrpcChannel).Assembly];
    private static readonly Assembly[] Facades = [typeof(Status).Assembly, typeof(ICompressionProvider).Assembly];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var real in RealAssemblies)
            {
                foreach (var facade in Facades)
                {
                    pairs.Add(real.GetName().Name!, facade.GetName().Name!);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_facade_has_the_identity_that_the_real_assembly_asks_for(string real, string facade)
    {
        using var realImage = Open(RealAssemblies, real);
        using var facadeImage = Open(Facades, facade);

        var wanted = realImage.ReferredAssemblies().Single(name => name.Name == facade);

        Assert.Equal(wanted.Version, facadeImage.Name.Version);
        Assert.Equal(wanted.GetPublicKeyToken(), facadeImage.Name.GetPublicKeyToken());
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_type_that_the_real_assembly_refers_to_is_there(string real, string facade)
    {
        using var realImage = Open(RealAssemblies, real);
        using var facadeImage = Open(Facades, facade);

        Assert.Empty(realImage.ReferredTypes(facade).Except(facadeImage.OfferedTypes(real)));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_member_that_the_real_assembly_refers_to_is_there_with_the_same_signature(string real, string facade)
    {
        using var realImage = Open(RealAssemblies, real);
        using var facadeImage = Open(Facades, facade);

        Assert.Empty(realImage.ReferredMembers(facade).Except(facadeImage.OfferedMembers(real)));
    }

    [Fact]
    public void The_comparison_really_looks_at_all_49_types_and_97_members()
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        var members = new HashSet<string>(StringComparer.Ordinal);

        foreach (var real in RealAssemblies)
        {
            using var image = new AssemblyImage(real);
            foreach (var facade in Facades.Select(facade => facade.GetName().Name!))
            {
                types.UnionWith(image.ReferredTypes(facade));
                members.UnionWith(image.ReferredMembers(facade));
            }
        }

        Assert.True(types.Count >= 49, $"{types.Count} types");
        Assert.True(members.Count >= 97, $"{members.Count} members");
    }

    [Fact]
    public void A_member_with_another_signature_would_be_noticed()
    {
        using var image = new AssemblyImage(typeof(Status).Assembly);
        var offered = image.OfferedMembers("Grpc.Net.Client").ToHashSet(StringComparer.Ordinal);

        Assert.Contains("Grpc.Core.RpcException::.ctor instance Void <0>(Grpc.Core.Status, Grpc.Core.Metadata)", offered);
        Assert.DoesNotContain("Grpc.Core.RpcException::.ctor instance Void <0>(Grpc.Core.Metadata, Grpc.Core.Status)", offered);
        Assert.Contains(
            "Grpc.Core.Marshaller`1::get_ContextualSerializer instance System.Action`2<!0, Grpc.Core.SerializationContext> <0>()",
            offered);
        Assert.DoesNotContain(offered, member => member.StartsWith("Grpc.Core.ServerServiceDefinition::BindService ", StringComparison.Ordinal));
        Assert.Contains(
            "Grpc.Core.ServerServiceDefinition::BindService instance Void <0>(Grpc.Core.ServiceBinderBase)",
            image.OfferedMembers("Grpc.AspNetCore.Server"));
    }

    [Theory]
    [InlineData(typeof(GrpcServiceOptions))]
    [InlineData(typeof(GrpcChannel))]
    public void Every_type_of_the_real_assembly_loads_and_every_override_overrides_something(Type inRealAssembly)
    {
        // Loading fails on an abstract member without an implementation. An override of a member that its base does not
        // have loads, as a member of its own, and would never be called.
        var lost =
            from type in inRealAssembly.Assembly.GetTypes()
            from method in type.GetMethods(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where method.IsVirtual && !method.Attributes.HasFlag(MethodAttributes.NewSlot)
            where method.GetBaseDefinition().DeclaringType == method.DeclaringType
            select $"{type}.{method}";

        Assert.Empty(lost);
    }

    private static AssemblyImage Open(Assembly[] assemblies, string name) =>
        new(assemblies.Single(assembly => assembly.GetName().Name == name));
}
