namespace Herald.Host.Demo;

/// <summary>The demo cannot go on; the message is for the person at the terminal.</summary>
internal sealed class DemoException(string message) : Exception(message);
