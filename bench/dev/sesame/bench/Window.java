package dev.sesame.bench;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.sesame.HttpUser;
import dev.sesame.ui.Chromium;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A browser's window, timed by its own clock.
record Window(Page page) {
    private static final String FRAME = "const frame = () => new Promise(requestAnimationFrame);";

    /// @param interactive milliseconds from the start until something can be clicked and no long work goes on
    record Load(double kilobytes, double fonts, double interactive) {}

    /// A window of a user who has not asked for less motion, unlike the tests'.
    static Page page(Chromium chromium, HttpUser user) {
        Page page = chromium.page(user, Chromium.WIDE, ColorScheme.LIGHT);
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
        return page;
    }

    /// Opens an address in a window that has nothing cached.
    static Load load(Chromium chromium, HttpUser user, String path) {
        Page page = page(chromium, user);
        page.setExtraHTTPHeaders(Map.of("Accept-Encoding", "gzip"));
        Set<String> encodings = new HashSet<>();
        page.onResponse(response -> encodings.add(response.headers().getOrDefault("content-encoding", "gzip")));
        page.addInitScript("""
                window.busyUntil = 0;
                new PerformanceObserver((list) => {
                  for (const entry of list.getEntries()) window.busyUntil = entry.startTime + entry.duration;
                }).observe({ type: "longtask", buffered: true });
                const looked = setInterval(() => {
                  if (!document.querySelector("[data-row], [role=log] [data-index]:not([data-index='0'])")) return;
                  clearInterval(looked);
                  window.shownAt = performance.now();
                }, 4);""");
        page.navigate(path);
        page.waitForCondition(() -> (boolean) page.evaluate("window.shownAt + 1000 < performance.now()"));
        Map<?, ?> found = (Map<?, ?>) page.evaluate("""
                () => {
                  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
                  const sum = (which) => all.filter(which).reduce((total, entry) => total + entry.encodedBodySize, 0) / 1000;
                  return {
                    code: sum((e) => e.entryType === "navigation" || /\\.(js|css)$/.test(e.name)),
                    fonts: sum((e) => /\\.woff2$/.test(e.name)),
                    interactive: Math.max(window.shownAt, Math.min(window.busyUntil, window.shownAt + 1000)),
                  };
                }""");
        page.context().close();
        if (!encodings.equals(Set.of("gzip"))) {
            throw new IllegalStateException("Not all came by gzip: " + encodings);
        }
        return new Load(number(found.get("code")), number(found.get("fonts")), number(found.get("interactive")));
    }

    /// Goes to the list by the link that is on every page.
    void toList() {
        page.keyboard().press("g");
        page.keyboard().press("t");
        page.locator("[data-row]").first().waitFor();
    }

    /// Opens a task from the list; the milliseconds until its last message is drawn.
    double open(Mixed task) {
        page.locator("a[data-row][href$=\"" + task.id() + "\"]").waitFor();
        return number(page.evaluate("""
                async ([id, end]) => {
                  %s
                  const begun = performance.now();
                  document.querySelector(`a[data-row][href$="${id}"]`).click();
                  while (!document.querySelector("[role=log]")?.textContent.includes(end)) await frame();
                  await frame();
                  return performance.now() - begun;
                }""".formatted(FRAME), List.of(task.id(), task.end())));
    }

    double openDiff() {
        page.getByRole(com.microsoft.playwright.options.AriaRole.TAB).nth(1).waitFor();
        return number(page.evaluate("""
                async () => {
                  %s
                  const begun = performance.now();
                  document.querySelectorAll("[role=tab]")[1].click();
                  while (!document.querySelector("[role=region] [data-index='9'] code")) await frame();
                  await frame();
                  return performance.now() - begun;
                }""".formatted(FRAME)));
    }

    void awaitEnd(Mixed task) {
        page.waitForCondition(() -> (boolean)
                page.evaluate("end => document.querySelector('[role=log]').textContent.includes(end)", task.end()));
    }

    /// Megabytes of the page's own heap after its garbage is gone.
    double heap() {
        CDPSession session = page.context().newCDPSession(page);
        session.send("HeapProfiler.collectGarbage");
        double used = session.send("Runtime.getHeapUsage").get("usedSize").getAsDouble();
        session.detach();
        return used / 1e6;
    }

    /// How long each frame took, while the transcript or diff is scrolled up from its middle.
    double[] scroll(int millis) {
        return frames(millis, "const e = document.querySelector('[role=log], [role=region]'); e.scrollTop = e.scrollHeight / 2;",
                "e.scrollTop -= 120;");
    }

    /// How long each frame took, while nothing is done.
    double[] frames(int millis) {
        return frames(millis, "", "");
    }

    private double[] frames(int millis, String first, String each) {
        Object frames = page.evaluate("""
                async (millis) => {
                  %s
                  %s
                  for (let i = 0; i < 10; i++) await frame();
                  const took = [];
                  const begun = performance.now();
                  let last = await frame();
                  while (performance.now() - begun < millis) {
                    %s
                    const now = await frame();
                    took.push(now - last);
                    last = now;
                  }
                  return took;
                }""".formatted(FRAME, first, each), millis);
        return ((List<?>) frames).stream().mapToDouble(Window::number).toArray();
    }

    private static double number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).doubleValue();
    }
}
