using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace GrpcFacades.Tests.Binding;

/// <summary>The metadata of an assembly file: what it defines and what it refers to in others, as text that can be compared.</summary>
internal sealed class AssemblyImage : IDisposable
{
    private static readonly NamingTypeProvider Names = new();

    private readonly PEReader _file;
    private readonly MetadataReader _reader;

    public AssemblyImage(Assembly assembly)
    {
        _file = new PEReader(File.OpenRead(assembly.Location));
        _reader = _file.GetMetadataReader();
        Name = assembly.GetName();
    }

    public AssemblyName Name { get; }

    public void Dispose() => _file.Dispose();

    /// <summary>The identities of the assemblies that this one refers to.</summary>
    public IEnumerable<AssemblyName> ReferredAssemblies() =>
        _reader.AssemblyReferences.Select(handle => _reader.GetAssemblyReference(handle).GetAssemblyName());

    /// <summary>The types of one other assembly that this one refers to.</summary>
    public IEnumerable<string> ReferredTypes(string assembly) => _reader.TypeReferences
        .Where(handle => ScopeOf(handle) == assembly)
        .Select(handle => NamingTypeProvider.NameOf(_reader, handle));

    /// <summary>The members of one other assembly's types that this one refers to.</summary>
    public IEnumerable<string> ReferredMembers(string assembly)
    {
        foreach (var handle in _reader.MemberReferences)
        {
            var member = _reader.GetMemberReference(handle);
            if (OpenTypeOf(member.Parent) is { } type && ScopeOf(type) == assembly)
            {
                var signature = member.GetKind() == MemberReferenceKind.Method
                    ? Describe(member.DecodeMethodSignature(Names, _reader))
                    : member.DecodeFieldSignature(Names, _reader);
                yield return $"{NamingTypeProvider.NameOf(_reader, type)}::{_reader.GetString(member.Name)} {signature}";
            }
        }
    }

    /// <summary>The types that this assembly lets another one see.</summary>
    public IEnumerable<string> OfferedTypes(string toAssembly) => _reader.TypeDefinitions
        .Where(handle => IsOffered(handle, IsFriend(toAssembly)))
        .Select(handle => NamingTypeProvider.NameOf(_reader, handle));

    /// <summary>The methods, constructors and fields that this assembly lets another one use or override.</summary>
    public IEnumerable<string> OfferedMembers(string toAssembly)
    {
        var isFriend = IsFriend(toAssembly);
        foreach (var handle in _reader.TypeDefinitions.Where(handle => IsOffered(handle, isFriend)))
        {
            var type = _reader.GetTypeDefinition(handle);
            var typeName = NamingTypeProvider.NameOf(_reader, handle);
            foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
            {
                if (IsOffered(method.Attributes & MethodAttributes.MemberAccessMask, isFriend))
                {
                    yield return $"{typeName}::{_reader.GetString(method.Name)} {Describe(method.DecodeSignature(Names, _reader))}";
                }
            }

            foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition))
            {
                if (IsOffered((MethodAttributes)(field.Attributes & FieldAttributes.FieldAccessMask), isFriend))
                {
                    yield return $"{typeName}::{_reader.GetString(field.Name)} {field.DecodeSignature(Names, _reader)}";
                }
            }
        }
    }

    private static string Describe(MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "instance" : "static")} {signature.ReturnType} " +
        $"<{signature.GenericParameterCount}>({string.Join(", ", signature.ParameterTypes)})";

    // Fields and methods use the same numbers for who may see them.
    private static bool IsOffered(MethodAttributes access, bool isFriend) => access switch
    {
        MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem => true,
        MethodAttributes.Assembly or MethodAttributes.FamANDAssem => isFriend,
        _ => false,
    };

    private bool IsOffered(TypeDefinitionHandle handle, bool isFriend)
    {
        var type = _reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NotPublic => isFriend,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                IsOffered(type.GetDeclaringType(), isFriend),
            TypeAttributes.NestedAssembly or TypeAttributes.NestedFamANDAssem =>
                isFriend && IsOffered(type.GetDeclaringType(), isFriend),
            _ => false,
        };
    }

    private bool IsFriend(string assembly) => _reader.GetAssemblyDefinition().GetCustomAttributes()
        .Select(_reader.GetCustomAttribute)
        .Where(attribute => attribute.Constructor.Kind == HandleKind.MemberReference)
        .Where(attribute =>
            OpenTypeOf(_reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent) is { } type
            && NamingTypeProvider.NameOf(_reader, type) == "System.Runtime.CompilerServices.InternalsVisibleToAttribute")
        .Select(attribute =>
        {
            // The value is a two-byte prolog and the one string argument.
            var blob = _reader.GetBlobReader(attribute.Value);
            blob.ReadUInt16();
            return new AssemblyName(blob.ReadSerializedString()!);
        })
        .Any(friend => friend.Name == assembly);

    private TypeReferenceHandle? OpenTypeOf(EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
        {
            return (TypeReferenceHandle)parent;
        }

        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return null;
        }

        // A member of a closed generic type: the specification begins with the kind of instantiation and the open type.
        var blob = _reader.GetBlobReader(_reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        blob.ReadCompressedInteger();
        var type = blob.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)type : null;
    }

    private string ScopeOf(TypeReferenceHandle handle)
    {
        var scope = _reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.AssemblyReference =>
                _reader.GetString(_reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            HandleKind.TypeReference => ScopeOf((TypeReferenceHandle)scope),
            _ => "",
        };
    }
}
