package dev.sesame.bench;

import com.microsoft.playwright.Page;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.ui.Chromium;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The web UI in a headless Chromium, which draws on the processors that the server has too.
final class BrowserUi implements Measurement {
    private static final int LIVE_SECONDS = 5;
    private static final int LIVE_RATE = 200;

    @Override
    public String name() {
        return "ui";
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var server = SesameServer.start(Map.of("TASKS_MAX_RUNNING", "8", "TASKS_MAX_RUNNING_PER_USER", "8"));
                var chromium = new Chromium()) {
            server.repository("app");
            HttpUser user = server.admin();
            Mixed small = Mixed.begin(server, user, 2_000);
            Mixed other = Mixed.begin(server, user, 2_000);
            Mixed large = Mixed.begin(server, user, 100_000);
            List<Figure> figures = new ArrayList<>(firstLoads(chromium, user, small));
            Page page = Window.page(chromium, user);
            page.navigate("/");
            var window = new Window(page);
            figures.addAll(opening(window, small, other, large));
            figures.addAll(live(window, server, user));
            page.context().close();
            figures.addAll(diff(chromium, user));
            return figures;
        }
    }

    private static List<Figure> firstLoads(Chromium chromium, HttpUser user, Mixed task) {
        var interactive = new Samples();
        Window.Load list = Window.load(chromium, user, "/");
        for (int i = 0; i < 5; i++) {
            interactive.add((long) (Window.load(chromium, user, "/").interactive() * 1e6));
        }
        Window.Load direct = Window.load(chromium, user, "/tasks/" + task.id());
        return List.of(
                Figure.atMost("first load, task list: page, scripts and styles, gzip", list.kilobytes(), "kB", 200),
                Figure.atMost("first load, a task's page: the same", direct.kilobytes(), "kB", 200),
                Figure.fact("  fonts on top, which are not waited for", direct.fonts(), "kB"),
                Figure.atMost("task list interactive after, nothing cached, p50", interactive.millis(0.5), "ms", 1000));
    }

    private static List<Figure> opening(Window window, Mixed small, Mixed other, Mixed large) {
        window.open(other); // the page's own scripts are there from here on
        window.toList();
        double first = window.open(small);
        var switches = new Samples();
        for (int i = 0; i < 10; i++) {
            window.toList();
            switches.add((long) (window.open(i % 2 == 0 ? other : small) * 1e6));
        }
        window.toList();
        double opened = window.open(large);
        double heap = window.heap();
        double[] frames = window.scroll(3_000);
        return List.of(
                Figure.atMost("task of 2,000 events, from the click to its end in the window", first, "ms", 300),
                Figure.atMost("switch to a task seen before, p50", switches.millis(0.5), "ms", 100),
                Figure.atMost("task of 100,000 events, from the click to its end in the window", opened, "ms", 2000),
                Figure.atMost("  heap of the page then", heap, "MB", 300),
                Figure.atLeast("  frames in a second while it is scrolled", perSecond(frames), "", 59),
                Figure.fact("  longest of its frames", longest(frames), "ms"));
    }

    private static List<Figure> live(Window window, SesameServer server, HttpUser user) throws Exception {
        Mixed task = Mixed.begin(server, user, 200);
        window.toList();
        window.open(task);
        Thread writer = Thread.ofPlatform().start(() -> task.writeSteadily(LIVE_RATE, LIVE_SECONDS));
        double[] frames = window.frames(LIVE_SECONDS * 1000);
        writer.join();
        window.awaitEnd(task);
        return List.of(
                Figure.atLeast("live at 200 events/s, frames in a second", perSecond(frames), "", 59),
                Figure.atMost("  frames that came late by one or more", late(frames), "", 0),
                Figure.fact("  longest of its frames", longest(frames), "ms"));
    }

    private static List<Figure> diff(Chromium chromium, HttpUser user) throws Exception {
        String script = "demo: run for i in $(seq 300); do mkdir -p d$((i % 20)); seq 60 > d$((i % 20))/f$i.txt; done";
        String id = user.post("/api/tasks", Map.of("prompt", script, "repository", "app", "agent", "demo"))
                .text("id");
        user.stream("/api/tasks/" + id + "/stream", null).rest();
        Page page = Window.page(chromium, user);
        page.navigate("/tasks/" + id);
        var window = new Window(page);
        double opened = window.openDiff();
        double[] frames = window.scroll(3_000);
        page.context().close();
        return List.of(
                Figure.fact("diff of 300 files, from the click to its first lines", opened, "ms"),
                Figure.atLeast("  frames in a second while it is scrolled", perSecond(frames), "", 59),
                Figure.fact("  longest of its frames", longest(frames), "ms"));
    }

    private static double perSecond(double[] frames) {
        return frames.length * 1000.0 / java.util.Arrays.stream(frames).sum();
    }

    private static double longest(double[] frames) {
        return java.util.Arrays.stream(frames).max().orElseThrow();
    }

    private static double late(double[] frames) {
        return java.util.Arrays.stream(frames).filter(frame -> frame > 33.4).count();
    }
}
