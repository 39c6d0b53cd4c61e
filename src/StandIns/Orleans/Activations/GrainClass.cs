using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>A class that implements grains.</summary>
internal sealed class GrainClass
{
    private static readonly MethodInfo StateFactory =
        typeof(GrainClass).GetMethod(nameof(CreateState), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly ConstructorInfo _constructor;
    private readonly TimeSpan? _ageLimit;
    private readonly bool _isKept;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? NameOf(type));
        Interfaces = [.. type.GetInterfaces().Where(one => IsGrainInterface(one))];
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        _ageLimit = type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit;
        _isKept = type.IsDefined(typeof(KeepAliveAttribute), inherit: true)
            || type.GetCustomAttribute<CollectionAgeLimitAttribute>() is { AlwaysActive: true };
        var constructors = type.GetConstructors();
        _constructor = constructors.Length == 1
            ? constructors[0]
            : constructors.SingleOrDefault(one => one.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
                ?? throw new OrleansConfigurationException(
                    $"Grain class {type} must have one public constructor, or mark one with ActivatorUtilitiesConstructor.");
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    /// <summary>The grain interfaces that the class implements, without those of the library itself.</summary>
    public IReadOnlyList<Type> Interfaces { get; }

    public bool IsReentrant { get; }

    /// <summary>The interfaces from which no other interface of the class is derived.</summary>
    public IEnumerable<Type> OwnInterfaces
        => Interfaces.Where(one => !Interfaces.Any(other => other != one && one.IsAssignableFrom(other)));

    public static bool IsGrainClass(Type type)
        => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
            && typeof(IGrain).IsAssignableFrom(type)
            && !typeof(GrainReference).IsAssignableFrom(type);

    /// <summary>For how long an activation may be idle; null: for ever.</summary>
    public TimeSpan? IdleAge(GrainCollectionOptions options)
        => _isKept
            ? null
            : _ageLimit ?? (options.ClassSpecificCollectionAge.TryGetValue(Type.FullName!, out var age) ? age : options.CollectionAge);

    public object Construct(Activation activation)
    {
        var arguments = Array.ConvertAll(_constructor.GetParameters(), parameter => Argument(parameter, activation));
        return _constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private static bool IsGrainInterface(Type type)
        => typeof(IGrain).IsAssignableFrom(type) && type.Assembly != typeof(IGrain).Assembly;

    private static string NameOf(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > "grain".Length ? name[..^"grain".Length] : name;
    }

    private object? Argument(ParameterInfo parameter, Activation activation)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IPersistentState<>)
                ? StateFactory.MakeGenericMethod(type.GetGenericArguments()).Invoke(
                    null, BindingFlags.DoNotWrapExceptions, null, [activation, state], null)
                : throw new OrleansConfigurationException(
                    $"Parameter {parameter.Name} of {Type} has PersistentState but is not an IPersistentState.");
        }

        if (type == typeof(IGrainContext))
        {
            return activation;
        }

        var services = activation.ActivationServices;
        var service = parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed
            ? services.GetKeyedServices(type, keyed.Key).LastOrDefault()
            : services.GetService(type);
        return service ?? (parameter.HasDefaultValue
            ? parameter.DefaultValue
            : throw new InvalidOperationException($"Unable to resolve service for type '{type}' while attempting to activate '{Type}'."));
    }

    private static PersistentState<TState> CreateState<TState>(Activation activation, PersistentStateAttribute name)
    {
        var state = new PersistentState<TState>(activation, name);
        activation.AddState(state);
        return state;
    }
}
