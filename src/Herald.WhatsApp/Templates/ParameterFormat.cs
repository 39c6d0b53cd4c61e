namespace Herald.WhatsApp.Templates;

/// <summary>How a template's variables are written.</summary>
public enum ParameterFormat
{
    /// <summary><c>{{1}}</c>, <c>{{2}}</c> and so on; values go in that order.</summary>
    Positional,

    /// <summary><c>{{first_name}}</c>; values go by name.</summary>
    Named,
}
