using System.Xml.Linq;

namespace Herald.Tidy.Tests.Projects;

/// <summary>A project and what it refers to.</summary>
internal sealed class ProjectFile
{
    private ProjectFile(SourceFile source, XElement root)
    {
        Source = source;
        Root = root;
    }

    public SourceFile Source { get; }

    public XElement Root { get; }

    public string Name => Path.GetFileNameWithoutExtension(Source.Name);

    /// <summary>The names of the projects that it refers to by path.</summary>
    public IReadOnlyList<string> References =>
        [.. Includes("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))];

    public static ProjectFile Parse(SourceFile source) => new(source, XElement.Parse(source.Text));

    public IEnumerable<string> Includes(string item) =>
        Root.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();

    public Finding At(string text) => Source.At(1, text);
}
