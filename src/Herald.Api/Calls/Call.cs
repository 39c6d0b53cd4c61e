using Grpc.Core;
using Herald.Api.Errors;
using Herald.Domain.Tenants;

namespace Herald.Api.Calls;

/// <summary>One call: who makes it, on which tenant, and what is wrong with its request. The interceptors make it, handlers use it.</summary>
internal sealed class Call
{
    private static readonly object Key = new();

    private Call(Caller caller, MethodRules rules, CancellationToken ct)
    {
        Caller = caller;
        Rules = rules;
        Tenant = caller.Tenant;
        Ct = ct;
    }

    /// <summary>Who calls.</summary>
    public Caller Caller { get; }

    /// <summary>What follows from the method's name.</summary>
    public MethodRules Rules { get; }

    /// <summary>
    /// The one tenant that the call is about: the key's own, or the one that a key of the system tenant names where it may. Every store and
    /// grain is asked with it.
    /// </summary>
    public TenantId Tenant { get; set; }

    /// <summary>The id for what the call creates; the same for every repetition of the request.</summary>
    public Guid ResourceId { get; set; }

    /// <summary>Whether the same request was begun before and got no answer: what it made may be there already.</summary>
    public bool IsRepeat { get; set; }

    /// <summary>The request id; empty in calls that change nothing.</summary>
    public string RequestId { get; set; } = "";

    /// <summary>Ends when the caller gives up, its deadline passes, or the connection breaks.</summary>
    public CancellationToken Ct { get; }

    /// <summary>What is wrong with the request.</summary>
    public Violations Violations { get; } = new();

    /// <summary>The call that the interceptors made of this context.</summary>
    /// <exception cref="InvalidOperationException">No interceptor authenticated the call.</exception>
    public static Call Of(ServerCallContext context) =>
        context.UserState.TryGetValue(Key, out var call)
            ? (Call)call
            : throw new InvalidOperationException("The call was not authenticated.");

    /// <summary>Notes an authenticated call.</summary>
    public static Call Begin(ServerCallContext context, Caller caller, MethodRules rules)
    {
        var call = new Call(caller, rules, context.CancellationToken);
        context.UserState[Key] = call;
        return call;
    }

    /// <summary>The same call for one item of a batch, whose mistakes are its own.</summary>
    public Call Part() => new(Caller, Rules, Ct) { Tenant = Tenant, ResourceId = ResourceId, RequestId = RequestId };

    /// <summary>Fails the call if anything was found wrong with its request.</summary>
    public void ThrowIfInvalid() => Violations.ThrowIfAny();
}
