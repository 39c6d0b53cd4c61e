namespace Herald.Storage.Templates;

/// <summary>What became of a template that was to be added.</summary>
public enum TemplateInsertResult
{
    /// <summary>It was added.</summary>
    Inserted = 1,

    /// <summary>The tenant has a template of that id; nothing was changed.</summary>
    IdExists = 2,

    /// <summary>The tenant has a template of that account, name and language; nothing was changed.</summary>
    NameTaken = 3,
}
