namespace Herald.WhatsApp.Errors;

/// <summary>What an error is about: how far its reaction reaches.</summary>
public enum ErrorScope
{
    /// <summary>This message only.</summary>
    Message,

    /// <summary>This contact.</summary>
    Contact,

    /// <summary>This template.</summary>
    Template,

    /// <summary>This phone number.</summary>
    Sender,

    /// <summary>The WhatsApp Business Account with all its numbers and templates.</summary>
    Account,

    /// <summary>The tenant's token.</summary>
    Token,

    /// <summary>Herald's app at Meta, so every tenant.</summary>
    App,
}
