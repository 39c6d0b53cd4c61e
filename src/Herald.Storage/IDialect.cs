namespace Herald.Storage;

/// <summary>Chooses between the two texts of a statement that the databases do not share.</summary>
internal interface IDialect
{
    /// <summary>The text for this database.</summary>
    string Pick(string postgreSql, string sqlite);
}
