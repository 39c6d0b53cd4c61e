using Google.Protobuf.Reflection;

namespace Herald.Contracts.Tests.Compatibility;

public sealed class GoldenTests
{
    [Fact]
    public void The_contract_keeps_what_the_golden_file_promises()
    {
        var breaks = ContractBreaks.Find(GoldenFile.Read(), Contract.ToSet());

        Assert.True(breaks.Count == 0, $"The contract breaks its promises (protos/README.md):\n{string.Join('\n', breaks)}");
    }

    [Fact]
    public void The_golden_file_holds_every_addition()
    {
        var (golden, built) = (GoldenFile.Read(), Contract.ToSet());

        if (Environment.GetEnvironmentVariable(GoldenFile.UpdateVariable) == "1" && ContractBreaks.Find(golden, built).Count == 0)
        {
            GoldenFile.Write(built);
            golden = GoldenFile.Read();
        }

        Assert.True(
            golden.Equals(built),
            $"protos/golden.binpb is not the contract that was built, at: {string.Join(", ", ChangedFiles(golden, built))}. "
            + $"If only additions are meant, run these tests with {GoldenFile.UpdateVariable}=1 and commit the file.");
    }

    private static IEnumerable<string> ChangedFiles(FileDescriptorSet golden, FileDescriptorSet built) =>
        built.File.Where(file => !golden.File.Contains(file)).Select(file => file.Name)
            .Concat(golden.File.Select(file => file.Name).Except(built.File.Select(file => file.Name)))
            .DefaultIfEmpty("the order of files");
}
