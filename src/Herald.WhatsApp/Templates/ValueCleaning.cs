namespace Herald.WhatsApp.Templates;

/// <summary>What to do with a value that Meta would refuse for its line breaks, tabs or spaces.</summary>
public enum ValueCleaning
{
    /// <summary>Report it.</summary>
    Refuse,

    /// <summary>Make each run of such characters one space. A blank value is reported all the same.</summary>
    Clean,
}
