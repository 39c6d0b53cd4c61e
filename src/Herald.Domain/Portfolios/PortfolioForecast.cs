namespace Herald.Domain.Portfolios;

/// <summary>How a campaign fits into the limit of its portfolio.</summary>
/// <param name="PeopleMax">How many people the portfolio may reach in a moving day.</param>
/// <param name="PeopleReached">How many it reached in the last 24 hours.</param>
/// <param name="PeopleWaiting">How many others who count against the limit have a message of the portfolio in the queue, and come first;
/// those of paused campaigns do not.</param>
/// <param name="People">
/// How many people of the campaign count against the limit: who is to get it, is in no window, was not reached today, and is not waiting already.
/// </param>
/// <param name="PeopleNow">How many of these fit now.</param>
/// <param name="PeopleShared">How many people of the campaign are among those who are waiting: who is reached for the other message counts once.</param>
/// <param name="Days">Within how many days all people of the campaign are reached; 1 when all fit now.</param>
/// <param name="IsOver">Whether sending takes more than what is left now: not all fit, or some of them wait behind others who do not.</param>
public sealed record PortfolioForecast(
    int PeopleMax, long PeopleReached, long PeopleWaiting, long People, long PeopleNow, long PeopleShared, int Days, bool IsOver);
