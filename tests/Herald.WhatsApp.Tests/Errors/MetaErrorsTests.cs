using Herald.WhatsApp.Errors;

namespace Herald.WhatsApp.Tests.Errors;

public sealed class MetaErrorsTests
{
    // Meta's error page, code by code; written out here so that a row lost from the table is noticed.
    private static readonly int[] Codes =
    [
        0, 1, 2, 3, 4, 10, 33, 80007, 80008, 100, 190, 368, 613,
        130403, 130429, 130472, 130497,
        131000, 131005, 131008, 131009, 131016, 131021, 131026, 131030, 131031, 131037, 131042, 131045, 131047, 131048, 131049,
        131050, 131051, 131052, 131053, 131055, 131056, 131057, 131060, 131061, 131062, 131063, 131064,
        132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069,
        133000, 133004, 133005, 133006, 133008, 133009, 133010, 133015, 133016,
        134011, 134100, 134101, 134102, 135000, 137000, 138006, 139000, 139100, 139101, 139102, 139103,
        147001, 147002, 147003, 147004, 1752041,
        2388001, 2388012, 2388019, 2388023, 2388024, 2388039, 2388040, 2388043, 2388046, 2388047, 2388072, 2388073, 2388091, 2388093,
        2388103, 2388155, 2388185, 2388293, 2388299, 2494100, 2593107, 2593108, 2593109, 200005, 200006, 200007,
    ];

    private static readonly (int Code, int Subcode)[] Subcodes =
    [
        (100, 33), (190, 458), (190, 460), (190, 463), (190, 467), (139000, 4233020), (10, 2388185),
        (100, 2388019), (100, 2388023), (100, 2388024), (100, 2388039), (100, 2388040), (100, 2388043), (100, 2388046), (100, 2388047),
        (100, 2388072), (100, 2388073), (100, 2388155), (100, 2388293), (100, 2388299),
        (100, 2388001), (100, 2388012), (100, 2388091), (100, 2388093), (100, 2388103), (100, 2494100),
        (100, 2593107), (100, 2593108), (100, 2593109),
    ];

    // Meta says of these alone that the same call may simply be made again.
    private static readonly int[] SafeToRetry = [4, 17, 80007, 80008, 613, 130429, 131056, 131057, 133004, 134101, 2494100];

    private static readonly int[] MaySendTwice = [1, 2, 131000, 131016];

    [Fact]
    public void Every_code_of_Metas_page_has_a_row()
    {
        Assert.All(Codes, code => Assert.NotNull(MetaErrors.Find(code, null)));
    }

    [Fact]
    public void Every_permission_code_from_200_to_299_pauses_the_tenant()
    {
        Assert.All(Enumerable.Range(200, 100), code => Assert.Equal(Reaction.PauseTenant, MetaErrors.Find(code, 1349174)?.Reaction));
        Assert.Null(MetaErrors.Find(199, null));
        Assert.Null(MetaErrors.Find(300, null));
    }

    [Fact]
    public void Every_calling_code_fails_the_message()
    {
        Assert.All(Enumerable.Range(138000, 1000), code => Assert.Equal(Reaction.FailMessage, MetaErrors.Find(code, null)?.Reaction));
    }

    [Fact]
    public void Every_known_subcode_has_a_row_of_its_own()
    {
        Assert.All(Subcodes, pair => Assert.Equal(pair.Subcode, MetaErrors.Find(pair.Code, pair.Subcode)?.Subcode));
    }

    [Fact]
    public void A_subcode_without_a_row_falls_back_to_its_code()
    {
        Assert.Equal(MetaErrors.Find(130429, null), MetaErrors.Find(130429, 2494055));
    }

    [Fact]
    public void No_code_is_safe_to_retry_that_Meta_does_not_name()
    {
        var safe = MetaErrors.All.Where(row => row.Retry == RetryKind.Safe).Select(row => row.Subcode ?? row.Code!.Value).Distinct();

        Assert.Equal(SafeToRetry.Order(), safe.Order());
    }

    [Fact]
    public void Codes_that_may_have_sent_are_unknown_outcomes_and_no_others()
    {
        var rows = MetaErrors.All.Where(row => row.Retry == RetryKind.MaySendTwice).ToList();

        Assert.Equal(MaySendTwice.Order(), rows.Select(row => row.Code!.Value).Order());
        Assert.All(rows, row => Assert.Equal(Reaction.UnknownOutcome, row.Reaction));
        Assert.DoesNotContain(MetaErrors.All, row => row.Reaction == Reaction.UnknownOutcome && row.Retry != RetryKind.MaySendTwice);
    }

    [Fact]
    public void A_reaction_that_repeats_belongs_to_a_row_that_allows_it()
    {
        Reaction[] repeating = [Reaction.RetryWithBackoff, Reaction.SlowDownSender, Reaction.WaitForContact];

        Assert.All(MetaErrors.All.Where(row => repeating.Contains(row.Reaction)), row => Assert.Equal(RetryKind.Safe, row.Retry));
        Assert.All(MetaErrors.All.Where(row => row.Retry == RetryKind.Never), row => Assert.NotEqual(Reaction.RetryLater, row.Reaction));
    }

    [Theory]
    [InlineData(131050, Reaction.OptOut)]
    [InlineData(131049, Reaction.HoldContact)]
    [InlineData(131026, Reaction.MarkContactUnreachable)]
    [InlineData(131047, Reaction.CloseWindow)]
    [InlineData(131056, Reaction.WaitForContact)]
    [InlineData(130429, Reaction.SlowDownSender)]
    [InlineData(131048, Reaction.StopMarketing)]
    [InlineData(132015, Reaction.PauseTemplate)]
    [InlineData(132001, Reaction.PauseTemplate)]
    [InlineData(131042, Reaction.PauseTenant)]
    [InlineData(368, Reaction.LockAccount)]
    [InlineData(131031, Reaction.LockAccount)]
    [InlineData(190, Reaction.DisconnectToken)]
    [InlineData(0, Reaction.DisconnectToken)]
    [InlineData(131057, Reaction.RetryLater)]
    [InlineData(132000, Reaction.FailMessage)]
    public void A_code_has_the_reaction_that_the_design_wants(int code, Reaction reaction)
    {
        Assert.Equal(reaction, MetaErrors.Find(code, null)?.Reaction);
    }

    [Fact]
    public void Forbidden_without_a_code_is_about_the_token() =>
        Assert.Equal((ErrorScope.Token, Reaction.PauseTenant), (MetaErrors.ForAnswer(null, null, 403, false).Scope, MetaErrors.ForAnswer(null, null, 403, false).Reaction));

    [Theory]
    [InlineData(400, false, Reaction.FailMessage)]
    [InlineData(404, false, Reaction.FailMessage)]
    [InlineData(400, true, Reaction.RetryWithBackoff)]
    [InlineData(401, false, Reaction.DisconnectToken)]
    [InlineData(403, false, Reaction.FailMessage)]
    [InlineData(429, false, Reaction.SlowDownSender)]
    [InlineData(500, false, Reaction.UnknownOutcome)]
    [InlineData(503, true, Reaction.UnknownOutcome)]
    public void A_code_that_is_not_listed_is_judged_by_its_status(int httpStatus, bool isTransient, Reaction reaction)
    {
        var error = MetaErrors.ForAnswer(777777, 12, httpStatus, isTransient);

        Assert.Equal((777777, 12, reaction), (error.Code, error.Subcode, error.Reaction));
    }

    [Fact]
    public void A_failed_status_is_never_an_unknown_outcome()
    {
        var all = MetaErrors.All.Select(row => row.Code).Append(null).Append(777777);

        Assert.All(all, code => Assert.NotEqual(Reaction.UnknownOutcome, MetaErrors.ForStatus(code).Reaction));
        Assert.Equal(Reaction.RetryWithBackoff, MetaErrors.ForStatus(131000).Reaction);
        Assert.Equal(Reaction.FailMessage, MetaErrors.ForStatus(777777).Reaction);
        Assert.Equal(Reaction.FailMessage, MetaErrors.ForStatus(null).Reaction);
    }

    [Fact]
    public void Every_row_has_texts_for_operators_and_for_customers()
    {
        Assert.All(MetaErrors.All, row =>
        {
            Assert.False(string.IsNullOrWhiteSpace(row.Meaning));
            Assert.EndsWith(".", row.CustomerText, StringComparison.Ordinal);
        });
    }
}
