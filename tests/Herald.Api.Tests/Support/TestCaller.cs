using Grpc.Core;
using Herald.Contracts;
using Herald.Domain.Tenants;

namespace Herald.Api.Tests.Support;

/// <summary>A key and its tenant.</summary>
public sealed record TestCaller(TenantId Tenant, string Key)
{
    public string Name => TenantName.Format(Tenant.Value);

    /// <summary>What goes with each call.</summary>
    public Metadata Auth => new() { { "authorization", $"Bearer {Key}" } };

    /// <summary>A name of this tenant's.</summary>
    public string Child(string collection, Guid id) => $"{Name}/{collection}/{id:D}";
}
