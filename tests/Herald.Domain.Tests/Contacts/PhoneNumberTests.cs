using Herald.Domain.Contacts;

namespace Herald.Domain.Tests.Contacts;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+1 650-555-1234", "16505551234")]
    [InlineData("+1 (650) 555.1234", "16505551234")]
    [InlineData("0049 151 23456789", "4915123456789")]
    [InlineData("＋４９ １５１ ２３４５６７８９", "4915123456789")]
    [InlineData("+٩٧١ ٥٠ ١٢٣ ٤٥٦٧", "971501234567")]
    [InlineData("\u202A+34 612 34 56 78\u202C", "34612345678")]
    [InlineData("+44 (0)20 7946 0958", "442079460958")]
    [InlineData("+49 0151 23456789", "4915123456789")]
    [InlineData("+39 06 1234567", "39061234567")]
    [InlineData("+225 01 23 45 67 89", "2250123456789")]
    public void A_number_with_its_calling_code_needs_no_region(string text, string digits)
    {
        var parse = PhoneNumber.Parse(text, defaultRegion: null);

        Assert.Equal(PhoneNumberError.None, parse.Error);
        Assert.Equal(digits, parse.Number.Digits);
        Assert.Equal("+" + digits, parse.Number.Display);
    }

    [Theory]
    [InlineData("DE", "0151 23456789", "4915123456789")]
    [InlineData("DE", "4915123456789", "4915123456789")]
    [InlineData("de", "15123456789", "4915123456789")]
    [InlineData("GB", "020 7946 0958", "442079460958")]
    [InlineData("US", "(650) 555-1234", "16505551234")]
    [InlineData("US", "1 650 555 1234", "16505551234")]
    [InlineData("US", "011 44 20 7946 0958", "442079460958")]
    [InlineData("IN", "98765 43210", "919876543210")]
    [InlineData("IN", "09876543210", "919876543210")]
    [InlineData("IN", "919876543210", "919876543210")]
    [InlineData("IN", "9198765432", "919198765432")]
    [InlineData("BR", "(11) 98765-4321", "5511987654321")]
    [InlineData("BR", "011 98765-4321", "5511987654321")]
    [InlineData("BR", "5511987654321", "5511987654321")]
    [InlineData("IT", "06 1234567", "39061234567")]
    [InlineData("ES", "612 345 678", "34612345678")]
    [InlineData("RU", "8 912 345-67-89", "79123456789")]
    [InlineData("RU", "7 912 345-67-89", "79123456789")]
    [InlineData("HU", "06 20 123 4567", "36201234567")]
    [InlineData("MX", "55 1234 5678", "525512345678")]
    [InlineData("MX", "5215512345678", "5215512345678")]
    [InlineData("AR", "011 15 2345-6789", "5491123456789")]
    [InlineData("AR", "0341 15 234-5678", "5493412345678")]
    [InlineData("AR", "02966 15 23-4567", "5492966234567")]
    [InlineData("AR", "11 2345-6789", "541123456789")]
    [InlineData("ID", "0812-3456-7890", "6281234567890")]
    [InlineData("DE", "+1 650 555 1234", "16505551234")]
    public void A_national_number_gets_the_calling_code_of_the_region(string region, string text, string digits)
    {
        Assert.True(PhoneRegion.TryGet(region, out var found));

        var parse = PhoneNumber.Parse(text, found);

        Assert.Equal(PhoneNumberError.None, parse.Error);
        Assert.Equal(digits, parse.Number.Digits);
    }

    [Theory]
    [InlineData(null, null, PhoneNumberError.Empty)]
    [InlineData(null, " - ", PhoneNumberError.Empty)]
    [InlineData(null, "+", PhoneNumberError.Empty)]
    [InlineData(null, "650 555 1234", PhoneNumberError.NoRegion)]
    [InlineData(null, "+1 650 CALL", PhoneNumberError.BadCharacter)]
    [InlineData(null, "++1 650 555 1234", PhoneNumberError.BadCharacter)]
    [InlineData(null, "1+650 555 1234", PhoneNumberError.BadCharacter)]
    [InlineData(null, "+1 650 555 1234 / 35", PhoneNumberError.BadCharacter)]
    [InlineData(null, "+1 650 5", PhoneNumberError.TooShort)]
    [InlineData(null, "+1 650 555 1234 5678 90", PhoneNumberError.TooLong)]
    [InlineData(null, "+0 650 555 1234", PhoneNumberError.UnknownCallingCode)]
    [InlineData(null, "+999 555 1234", PhoneNumberError.UnknownCallingCode)]
    [InlineData("US", "555-1234", PhoneNumberError.TooShort)]
    [InlineData("ES", "612 345 678 9", PhoneNumberError.TooLong)]
    [InlineData("DE", "4921123456", PhoneNumberError.Ambiguous)]
    public void What_is_no_number_is_refused_with_the_rule(string? region, string? text, PhoneNumberError error)
    {
        PhoneRegion.TryGet(region, out var found);

        var parse = PhoneNumber.Parse(text, found);

        Assert.Equal(error, parse.Error);
        Assert.False(parse.IsValid);
        Assert.NotEmpty(parse.Text);
        Assert.DoesNotContain("650", parse.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5511987654321", "551187654321")]
    [InlineData("551187654321", "5511987654321")]
    [InlineData("5215512345678", "525512345678")]
    [InlineData("525512345678", "5215512345678")]
    [InlineData("5491123456789", "541123456789")]
    [InlineData("541123456789", "5491123456789")]
    public void Countries_with_two_forms_of_one_line_have_both_as_variants(string digits, string other)
    {
        Assert.True(PhoneNumber.TryFromDigits(digits, out var number));

        Assert.Equal([digits, other], number.Variants().Select(variant => variant.Digits));
    }

    [Theory]
    [InlineData("551133334444")]
    [InlineData("16505551234")]
    [InlineData("4915123456789")]
    public void Other_numbers_have_themselves_only(string digits)
    {
        Assert.True(PhoneNumber.TryFromDigits(digits, out var number));

        Assert.Equal([number], number.Variants());
    }

    [Theory]
    [InlineData("5511987654321")]
    [InlineData("5215512345678")]
    [InlineData("5491123456789")]
    public void A_variant_leads_back(string digits)
    {
        Assert.True(PhoneNumber.TryFromDigits(digits, out var number));

        Assert.All(number.Variants(), variant => Assert.Equal(number.Variants().Order(ByDigits), variant.Variants().Order(ByDigits)));
    }

    [Theory]
    [InlineData("16505551234", true)]
    [InlineData("1234567", true)]
    [InlineData("123456789012345", true)]
    [InlineData("123456", false)]
    [InlineData("1234567890123456", false)]
    [InlineData("06505551234", false)]
    [InlineData("+16505551234", false)]
    [InlineData("1650555123٤", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void The_stored_form_is_seven_to_fifteen_digits(string? digits, bool isValid)
    {
        Assert.Equal(isValid, PhoneNumber.TryFromDigits(digits, out var number));
        Assert.Equal(isValid ? digits : string.Empty, number.Digits);
    }

    [Fact]
    public void Writing_a_number_into_a_log_hides_it()
    {
        Assert.True(PhoneNumber.TryFromDigits("16505551234", out var number));

        Assert.Equal("+165…34", $"{number}");
        Assert.Equal("+…", default(PhoneNumber).ToString());
    }

    [Fact]
    public void The_table_holds_every_region_once_with_sound_lengths()
    {
        Assert.Equal(PhoneRegion.All.Count, PhoneRegion.All.Select(region => region.Code).Distinct().Count());
        Assert.True(PhoneRegion.All.Count > 240);
        Assert.All(PhoneRegion.All, region =>
        {
            Assert.Matches("^[A-Z]{2}$", region.Code);
            Assert.Matches("^[1-9][0-9]{0,2}$", region.CallingCode);
            Assert.InRange(region.NationalLengthMin, 4, region.NationalLengthMax);
            Assert.InRange(region.CallingCode.Length + region.NationalLengthMax, PhoneNumber.DigitsMin, PhoneNumber.DigitsMax);
        });
    }

    [Fact]
    public void No_calling_code_begins_with_another()
    {
        var codes = PhoneRegion.All.Select(region => region.CallingCode).Distinct().ToList();

        Assert.DoesNotContain(codes, code => codes.Any(other => other != code && code.StartsWith(other, StringComparison.Ordinal)));
    }

    [Fact]
    public void Regions_that_share_a_calling_code_share_its_trunk_prefix()
    {
        Assert.All(
            PhoneRegion.All.GroupBy(region => region.CallingCode),
            group => Assert.Single(group.Select(region => region.TrunkPrefix).Distinct()));
    }

    private static Comparer<PhoneNumber> ByDigits => Comparer<PhoneNumber>.Create((one, other) => string.CompareOrdinal(one.Digits, other.Digits));
}
