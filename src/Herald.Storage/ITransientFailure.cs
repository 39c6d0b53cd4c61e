namespace Herald.Storage;

/// <summary>
/// An exception that stands for a passing failure of the database where the driver's own cannot be: the driver's exceptions do not
/// survive the way from one node to another.
/// </summary>
public interface ITransientFailure;
