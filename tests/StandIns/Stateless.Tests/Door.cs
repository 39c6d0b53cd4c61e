namespace Stateless.Tests;

internal enum Door
{
    Open,
    Closed,
    Locked,
    Broken,
}

internal enum Act
{
    Close,
    Lock,
    Unlock,
    Kick,
    Knock,
}
