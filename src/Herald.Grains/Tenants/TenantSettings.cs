using System.ComponentModel;
using Orleans;

namespace Herald.Grains.Tenants;

/// <summary>What a business decided about how Herald treats its people.</summary>
[GenerateSerializer]
[Alias("Herald.Grains.Tenants.TenantSettings")]
public sealed class TenantSettings
{
    /// <summary>Words that count as STOP besides the built-in ones; at most 100, each 1 to 64 characters.</summary>
    [Id(0)]
    public List<string> StopKeywords { get; set; } = [];

    /// <summary>Words that count as START besides the built-in ones; at most 100, each 1 to 64 characters.</summary>
    [Id(1)]
    public List<string> StartKeywords { get; set; } = [];

    /// <summary>Whether START opts in a person who never opted in before. Default: false.</summary>
    [Id(2)]
    public bool StartCountsAsOptIn { get; set; }

    /// <summary>Whether STOP and START are answered with one confirmation. Default: true.</summary>
    // A serializer of stored states that leaves out defaults would otherwise leave out false, which then reads as true.
    [Id(3)]
    [DefaultValue(true)]
    public bool ConfirmKeywords { get; set; } = true;

    /// <summary>
    /// Whether a utility or authentication message whose outcome stayed unknown beyond the grace time is sent once more, although the person may then
    /// get it twice. Default: false.
    /// </summary>
    [Id(5)]
    public bool ResendUnknown { get; set; }

    /// <summary>The version of these settings; empty when they were never written.</summary>
    [Id(4)]
    public string Etag { get; set; } = "";
}
