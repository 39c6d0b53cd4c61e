namespace Herald.Simulator;

/// <summary>The templates of one account. All members are safe for concurrent use.</summary>
internal sealed class TemplateShelf
{
    private static readonly TimeSpan NameLock = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();
    private readonly List<Template> _inOrder = [];
    private readonly Dictionary<(string Name, string Language), Template> _byName = [];
    private readonly Dictionary<(string Name, string Language), DateTimeOffset> _lockedUntil = [];
    private readonly Queue<DateTimeOffset> _creations = new();
    private Dictionary<(string Name, string Language), Template> _snapshot = [];

    /// <summary>The template that a send names, without a lock.</summary>
    public Template? Find(string name, string language) => Volatile.Read(ref _snapshot).GetValueOrDefault((name, language));

    public Template? Find(string id)
    {
        lock (_gate)
        {
            return _inOrder.Find(template => template.Id == id);
        }
    }

    /// <summary>All templates, oldest first.</summary>
    public IReadOnlyList<Template> List()
    {
        lock (_gate)
        {
            return [.. _inOrder];
        }
    }

    /// <summary>Counts a creation; false when the hour's number is used up.</summary>
    public bool TryCountCreation(DateTimeOffset now, int perHourMax)
    {
        lock (_gate)
        {
            while (_creations.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromHours(1))
            {
                _creations.Dequeue();
            }

            if (_creations.Count >= perHourMax)
            {
                return false;
            }

            _creations.Enqueue(now);
            return true;
        }
    }

    /// <summary>Puts a template on the shelf, or says why it cannot stand there.</summary>
    public GraphError? TryAdd(Template template, int templatesMax, DateTimeOffset now)
    {
        lock (_gate)
        {
            var key = (template.Name, template.Language);
            if (_lockedUntil.TryGetValue(key, out var end) && now < end)
            {
                return TemplateErrors.BeingDeleted(template.Language);
            }

            if (_byName.ContainsKey(key))
            {
                return TemplateErrors.LanguageExists(template.Language);
            }

            if (_inOrder.Find(other => other.Name == template.Name && other.Category != template.Category) is { } sibling)
            {
                return TemplateErrors.CategoryMismatch(template.Category, sibling.Category);
            }

            if (_inOrder.Count >= templatesMax)
            {
                return TemplateErrors.TooMany(templatesMax);
            }

            _inOrder.Add(template);
            _byName[key] = template;
            Publish();
            return null;
        }
    }

    /// <summary>Takes templates off by name and, if given, id. An approved one locks its name for 30 days.</summary>
    public IReadOnlyList<Template> Remove(string name, string? id, DateTimeOffset now)
    {
        lock (_gate)
        {
            var removed = _inOrder.FindAll(template => template.Name == name && (id is null || template.Id == id));
            foreach (var template in removed)
            {
                _inOrder.Remove(template);
                _byName.Remove((template.Name, template.Language));
                if (template.Status == TemplateStatus.Approved)
                {
                    _lockedUntil[(template.Name, template.Language)] = now + NameLock;
                }

                template.Status = TemplateStatus.Deleted;
            }

            Publish();
            return removed;
        }
    }

    /// <summary>Whether another template has the same body and footer.</summary>
    public bool HasSameWording(Template template)
    {
        lock (_gate)
        {
            return _inOrder.Exists(other => !ReferenceEquals(other, template)
                && other.Language == template.Language
                && other.Status != TemplateStatus.Rejected
                && other.Content.BodyText == template.Content.BodyText
                && other.Content.FooterText == template.Content.FooterText);
        }
    }

    private void Publish() => Volatile.Write(ref _snapshot, new Dictionary<(string, string), Template>(_byName));
}
