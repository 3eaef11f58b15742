namespace OnlineCompiler.Browser.Tests.Pages;

/// <summary>What helps people around the page: its commands, its keys, what it says to those who hear it.</summary>
internal static class Aids
{
    extension(Workbench page)
    {
        public ILocator Palette => page.Page.GetByRole(AriaRole.Dialog).Filter(new() { Has = page.Page.GetByRole(AriaRole.Combobox) });

        /// <summary>What was said last of what the program printed.</summary>
        public ILocator Speech => page.Page.GetByTestId("speech");

        public async Task OpenPaletteAsync()
        {
            await page.Page.Keyboard.PressAsync("ControlOrMeta+Shift+P");
            await Expect(page.Palette.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        }

        /// <summary>Opens the palette, types and presses Enter.</summary>
        public async Task CommandAsync(string typed)
        {
            await page.OpenPaletteAsync();
            await page.Page.Keyboard.TypeAsync(typed);
            await page.Page.Keyboard.PressAsync("Enter");
        }

        /// <summary>Whether the focus is somewhere inside.</summary>
        public Task ExpectFocusInAsync(string testId) =>
            Expect(page.Page.Locator($"[data-testid='{testId}']:focus-within, [data-testid='{testId}']:focus")).ToHaveCountAsync(1);

        /// <summary>Everything the page's own files need without a network is in the browser.</summary>
        public Task KeptForOfflineAsync() => page.Page.EvaluateAsync(
            """
            async () => {
              const { first } = await (await fetch('/offline-files.json')).json()
              for (const file of [...first, '/']) {
                while (!(await caches.match(file))) await new Promise((resolve) => setTimeout(resolve, 50))
              }
            }
            """).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
