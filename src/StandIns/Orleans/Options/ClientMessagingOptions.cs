namespace Orleans.Configuration;

/// <summary>How a client sends calls.</summary>
public class ClientMessagingOptions : MessagingOptions;
