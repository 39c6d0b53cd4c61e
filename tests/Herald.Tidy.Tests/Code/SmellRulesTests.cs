namespace Herald.Tidy.Tests.Code;

public sealed class SmellRulesTests
{
    [Fact]
    public void No_code_smells() => Findings.AssertNone(Repository.CSharp.SelectMany(SmellRules.Check));

    [Fact]
    public void Every_exception_to_a_rule_is_needed_and_has_a_reason()
    {
        Assert.All(SmellRules.MayCatchAll, entry =>
        {
            Assert.Equal(entry.Value.Times, SmellRules.SilentCatches(Repository.CSharp.Single(file => file.Path == entry.Key)).Count());
            Assert.True(entry.Value.Reason.Length > 20);
        });
        Assert.All(SmellRules.MayMakeHttpClients, entry =>
        {
            Assert.True(Repository.Exists(entry.Key), $"{entry.Key} is gone: take it off the list.");
            Assert.True(entry.Value.Length > 20);
        });
    }

    [Theory]
    [InlineData("#region a\n#endregion\n")]
    [InlineData("#pragma warning disable CA1000\n")]
    [InlineData("#nullable disable\n")]
    [InlineData("[SuppressMessage(\"a\", \"b\")] class C;")]
    [InlineData("class C { string s = null!; }")]
    [InlineData("class C : IAsyncLifetime { void M() { string s = null!; } }")]
    [InlineData("class C { async void M() { } }")]
    [InlineData("class C { int M() => throw new NotImplementedException(); }")]
    [InlineData("class C { HttpClient client = new HttpClient(); }")]
    [InlineData("// return x.Do();\nclass C;")]
    [InlineData("// if (x.IsReady)\nclass C;")]
    [InlineData("class C { } // }")]
    public void A_smell_in_a_file_is_found(string text) => Assert.Single(SmellRules.Check(Sample.CSharp(text)));

    [Theory]
    [InlineData("try { } catch { }")]
    [InlineData("try { } catch (Exception) { }")]
    [InlineData("try { } catch (System.Exception e) { log.Failed(e); }")]
    [InlineData("try { } catch (global::System.Exception e) { log.Failed(e); }")]
    [InlineData("try { } catch (Exception e) { return null; }")]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("System.Threading.Thread.Sleep(1);")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("await Task.Delay(1, token);")]
    public void A_smell_in_a_method_is_found(string statements) => Assert.Single(SmellRules.Check(Sample.Method(statements)));

    [Theory]
    [InlineData("try { } catch (Exception e) when (e is IOException) { }")]
    [InlineData("try { } catch (Exception) { Undo(); throw; }")]
    [InlineData("try { } catch (Exception e) { throw new StoreException(e); }")]
    [InlineData("try { } catch (Exception e) { waiter.TrySetException(e); }")]
    [InlineData("try { } catch (Exception e) { return e; }")]
    [InlineData("try { } catch (IOException) { }")]
    [InlineData("await Task.Delay(span, timeProvider);")]
    [InlineData("await Task.Delay(span, _clock, token);")]
    [InlineData("var x = default(T)!;")]
    [InlineData("// The lease ended (see above); nothing is sent.\nx();")]
    public void What_is_allowed_is_not_found(string statements) => Assert.Empty(SmellRules.Check(Sample.Method(statements)));

    [Theory]
    [InlineData("class C : IAsyncLifetime { string s = null!; }")]
    [InlineData("class C : Base { string S { get; set; } = null!; public override async Task InitializeAsync() { } }")]
    public void What_the_test_framework_fills_may_begin_as_null(string text) => Assert.Empty(SmellRules.Check(Sample.CSharp(text)));

    [Fact]
    public void Tests_may_make_http_clients() =>
        Assert.Empty(SmellRules.Check(Sample.CSharp("class C { HttpClient client = new HttpClient(); }", "tests/Herald.Host.Tests/C.cs")));
}
