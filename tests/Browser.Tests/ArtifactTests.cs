using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class ArtifactTests(BrowserApp app)
{
    /// <summary>Draws without any library.</summary>
    private const string Drawing = """
        import struct, zlib

        def chunk(kind, data):
            return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

        def save(path, width, height, color):
            rows = b''.join(b'\0' + b''.join(bytes(color(x / width, y / height)) for x in range(width)) for y in range(height))
            with open(path, 'wb') as file:
                file.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))

        save('glow.png', 120, 80, lambda x, y: (int(255 * x), int(255 * y), 128))

        """;

    private const string Table = """
        with open('cities.csv', 'w') as file:
            file.write('city,people\n"Bonn, on the Rhine",336465\nBerlin,3782202\nAachen,249070\n')

        """;

    [Fact]
    public async Task A_program_that_draws_and_says_nothing_shows_what_it_drew()
    {
        await using var page = await app.OpenAsync();
        var output = new Output(page);
        await page.PasteProgramAsync(Drawing);

        await page.RunAsync();
        await page.ExpectFinishedAsync();

        var picture = output.Artifacts.GetByRole(AriaRole.Img, new() { Name = "glow.png" });
        await Expect(picture).ToBeVisibleAsync();
        Assert.Equal("120x80", await picture.EvaluateAsync<string>("image => image.decode().then(() => `${image.naturalWidth}x${image.naturalHeight}`)"));
        await Expect(output.Tab("Pictures")).ToHaveAttributeAsync("aria-selected", "true");
        await page.ScreenshotAsync("picture");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Files_wait_below_what_was_printed_and_are_seen_sorted_and_taken_away()
    {
        await using var page = await app.OpenAsync();
        var output = new Output(page);
        await page.PasteProgramAsync(Drawing + Table + "open('notes.txt', 'w').write('kept for later\\n')\nprint('done')\n");

        await page.RunAsync();
        await page.ExpectInTerminalAsync("done");
        await page.ExpectFinishedAsync();
        var strip = page.Page.GetByRole(AriaRole.Complementary, new() { Name = "Your program left 3 files" });
        await Expect(strip).ToBeVisibleAsync();
        await page.ScreenshotAsync("strip");
        await strip.GetByRole(AriaRole.Button, new() { Name = "Show cities.csv" }).ClickAsync();

        var table = output.Artifacts.GetByRole(AriaRole.Table);
        await table.GetByRole(AriaRole.Button, new() { Name = "people" }).ClickAsync();
        await Expect(table.Locator("tbody tr td:first-child")).ToHaveTextAsync(["Aachen", "Bonn, on the Rhine", "Berlin"]);
        await Expect(table.GetByRole(AriaRole.Columnheader).Nth(1)).ToHaveAttributeAsync("aria-sort", "ascending");
        await page.ScreenshotAsync("table");

        await output.ShowFileAsync("notes.txt");
        await Expect(output.Artifacts).ToContainTextAsync("kept for later");
        var download = await page.Page.RunAndWaitForDownloadAsync(() => output.Artifacts.GetByRole(AriaRole.Button, new() { Name = "Download all" }).ClickAsync());
        using var archive = await System.IO.Compression.ZipFile.OpenReadAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(["cities.csv", "glow.png", "notes.txt"], archive.Entries.Select(entry => entry.FullName));
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_files_of_the_run_before_are_gone_with_the_next()
    {
        await using var page = await app.OpenAsync();
        var output = new Output(page);
        await page.PasteProgramAsync(Drawing);
        await page.RunAsync();
        await Expect(output.Artifacts).ToBeVisibleAsync(new() { Timeout = Workbench.ProgramLimitMs });

        await page.PasteProgramAsync("print('nothing drawn')");
        await page.RunAsync();
        await page.ExpectInTerminalAsync("nothing drawn");
        await page.ExpectFinishedAsync();

        await Expect(output.Tab("Pictures")).ToHaveCountAsync(0);
        await Expect(output.Tab("Terminal")).ToHaveAttributeAsync("aria-selected", "true");
    }

    [Fact]
    public async Task A_page_that_a_program_made_draws_and_reaches_nothing_of_ours()
    {
        // Each attempt says what it got, or which error kept it from it.
        const string Hostile = """
            page = '''<!doctype html><title>theirs</title><p id="drew"></p><ul id="got"></ul><script>
            document.getElementById('drew').textContent = 'drawn by a script: ' + eval('6 * 7')
            const say = (what, got) => {
              const line = document.createElement('li')
              line.textContent = what + ' ' + got
              document.getElementById('got').append(line)
            }
            const attempt = async (what, act) => {
              try { say(what, 'GOT ' + await act()) } catch (error) { say(what, 'refused ' + error.name) }
            }
            const loads = (element, address) => new Promise((done, fail) => {
              element.onload = () => done('it')
              element.onerror = () => fail(new Error())
              element.src = address
              document.body.append(element)
            })
            const here = new URL('/', document.baseURI).origin
            const all = [
              attempt('parent', () => parent.document.title),
              attempt('top', () => { top.location = 'about:blank#taken'; return 'navigated' }),
              attempt('cookie', () => document.cookie),
              attempt('localStorage', () => localStorage.length),
              attempt('sessionStorage', () => sessionStorage.length),
              attempt('indexedDB', () => new Promise((done, fail) => { const opening = indexedDB.open('x'); opening.onsuccess = () => done('it'); opening.onerror = () => fail(opening.error) })),
              attempt('caches', () => caches.keys()),
              attempt('fetch', () => fetch('/api/v1/languages').then(answer => answer.status)),
              attempt('absolute', () => fetch(here + '/api/v1/languages', { mode: 'no-cors' }).then(answer => answer.type)),
              attempt('socket', () => new Promise((done, fail) => { const socket = new WebSocket(here.replace('http', 'ws') + '/api/v1/executions/connect'); socket.onopen = () => done('it'); socket.onerror = () => fail(new Error()) })),
              attempt('image', () => loads(new Image(), '/favicon.svg')),
              attempt('script', () => loads(document.createElement('script'), '/theme.js')),
              attempt('frame', () => new Promise((done, fail) => { const frame = document.createElement('iframe'); document.body.append(frame); frame.src = '/'; setTimeout(() => { try { done(frame.contentDocument.title) } catch (error) { fail(error) } }, 300) })),
              attempt('popup', () => { const opened = open('/'); if (!opened) throw new Error(); return 'it' }),
              attempt('worker', () => navigator.serviceWorker.register('/offline.js')),
            ]
            Promise.all(all).then(() => say('end', all.length))
            </script>'''
            open('page.html', 'w').write(page)
            """;
        await using var page = await app.OpenAsync();
        var output = new Output(page);
        await page.Page.EvaluateAsync("() => { localStorage.setItem('secret', 'mine'); document.cookie = 'secret=mine' }");
        var address = page.Page.Url;
        var title = await page.Page.TitleAsync();
        await page.PasteProgramAsync(Hostile);

        await page.RunAsync();
        await page.ExpectFinishedAsync();
        await Expect(output.Frame.Locator("#drew")).ToHaveTextAsync("drawn by a script: 42");
        await Expect(output.Frame.Locator("li").Last).ToHaveTextAsync("end 15", new() { Timeout = Workbench.ProgramLimitMs });
        await page.ScreenshotAsync("sealed");

        var got = await output.Frame.Locator("li").AllTextContentsAsync();
        Assert.Equal(16, got.Count);
        Assert.All(got.Where(line => !line.StartsWith("end", StringComparison.Ordinal)), line => Assert.Contains(" refused ", line, StringComparison.Ordinal));
        Assert.Equal((address, title), (page.Page.Url, await page.Page.TitleAsync()));
        Assert.Single(page.Page.Context.Pages);
    }

    [Theory]
    [InlineData("<script>location.href = '{0}'</script>")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0; url={0}\">")]
    [InlineData("<form action=\"{0}\"></form><script>document.forms[0].submit()</script>")]
    public async Task A_page_that_a_program_made_carries_nothing_away(string leaving)
    {
        using var elsewhere = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        elsewhere.Start();
        var html = leaving.Replace("{0}", $"http://{elsewhere.LocalEndpoint}/?stolen", StringComparison.Ordinal);
        await using (var page = await app.OpenAsync())
        {
            // The browser says what it refuses.
            var refused = page.Page.WaitForConsoleMessageAsync(new()
            {
                Predicate = message => message.Type == "error" && (message.Text.Contains("frame-src", StringComparison.Ordinal) || message.Text.Contains("sandboxed", StringComparison.Ordinal)),
                Timeout = Workbench.ProgramLimitMs,
            });
            await page.PasteProgramAsync($"open('page.html', 'w').write('''<p>here</p>{html}''')\n");
            await page.RunAsync();
            await page.ExpectFinishedAsync();
            await refused;
        }

        // A browser connects ahead of asking whether it may; with the page, that connection is gone, and nothing was said on it.
        if (elsewhere.Pending())
        {
            using var connection = await elsewhere.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            Assert.Equal(0, await connection.GetStream().ReadAsync(new byte[1_000], limit.Token));
        }
    }

    [Fact]
    public async Task A_plot_of_R_is_seen_with_nothing_said_about_files()
    {
        await using var page = await app.OpenAsync();
        var output = new Output(page);
        await page.ChooseLanguageAsync("R");
        await page.PasteProgramAsync("plot(1:10, main = 'Ten')\n");

        await page.RunAsync();

        await Expect(output.Artifacts.GetByRole(AriaRole.Img, new() { Name = "Rplot001.svg" })).ToBeVisibleAsync(new() { Timeout = Workbench.ProgramLimitMs });
        await page.ExpectFinishedAsync();
        await page.ScreenshotAsync("plot");
    }

    [Fact]
    public async Task A_figure_that_Matplotlib_shows_is_seen()
    {
        Assert.SkipUnless(await app.HasLibraryAsync("python", "matplotlib"), "Matplotlib is not installed.");
        await using var page = await app.OpenAsync();
        var output = new Output(page);
        await page.PasteProgramAsync("import matplotlib.pyplot as plt\nplt.plot([1, 4, 9, 16])\nplt.title('Squares')\nplt.show()\n");

        await page.RunAsync();

        await Expect(output.Artifacts.GetByRole(AriaRole.Img, new() { Name = "figure-1.png" })).ToBeVisibleAsync(new() { Timeout = 2 * Workbench.ProgramLimitMs });
        await page.ExpectFinishedAsync();
        await page.ScreenshotAsync("figure");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_picture_in_SVG_is_seen_and_its_script_is_not_heard()
    {
        await using var page = await app.OpenAsync();
        var output = new Output(page);
        await page.PasteProgramAsync("""
            open('dot.svg', 'w').write('''<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48" onload="document.title='taken'">
            <script>document.title = 'taken'; parent.document.title = 'taken'</script><circle cx="30" cy="24" r="20" fill="teal"/></svg>''')
            """);

        await page.RunAsync();
        await page.ExpectFinishedAsync();

        var picture = output.Artifacts.GetByRole(AriaRole.Img, new() { Name = "dot.svg" });
        await Expect(picture).ToBeVisibleAsync();
        Assert.Equal(64, await picture.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)"));
        Assert.NotEqual("taken", await page.Page.TitleAsync());
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task On_a_phone_pictures_have_a_view_of_their_own()
    {
        await using var page = await app.OpenAsync(BrowserApp.Phone, ColorScheme.Dark);
        var output = new Output(page);
        await page.PasteProgramAsync(Drawing + "save('second.png', 60, 60, lambda x, y: (90, int(255 * x), int(255 * y)))\nprint('drawn')\n");
        await page.RunAsync();
        await page.ExpectInTerminalAsync("drawn");
        await page.ExpectFinishedAsync();
        await page.ScreenshotAsync("strip");

        var tab = page.Page.GetByRole(AriaRole.Navigation, new() { Name = "View" }).GetByRole(AriaRole.Button, new() { NameRegex = new("^Pictures") });
        await Expect(tab).ToContainTextAsync("2");
        await tab.ClickAsync();

        await Expect(output.Artifacts.GetByRole(AriaRole.Img, new() { Name = "glow.png" })).ToBeVisibleAsync();
        await page.ScreenshotAsync("pictures");
        Assert.False(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"), "The page scrolls sideways.");
    }
}
