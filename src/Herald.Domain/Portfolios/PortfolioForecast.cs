namespace Herald.Domain.Portfolios;

/// <summary>How a campaign fits into the limit of its portfolio.</summary>
/// <param name="PeopleMax">How many people the portfolio may reach in a moving day.</param>
/// <param name="PeopleReached">How many it reached in the last 24 hours.</param>
/// <param name="People">How many people of the campaign count against the limit: who is to get it, is in no window, and was not reached today.</param>
/// <param name="PeopleNow">How many of these fit now.</param>
/// <param name="Days">Over how many days sending is spread; 1 when all fit now.</param>
public sealed record PortfolioForecast(int PeopleMax, long PeopleReached, long People, long PeopleNow, int Days)
{
    /// <summary>Whether sending takes more than what is left now.</summary>
    public bool IsOver => People > PeopleNow;
}
