package dev.fovea.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Severity;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clicks through the pages of alerts, traffic, drift, accuracy and rollouts in a real Chromium, on real predictions.
 */
class WatchingConsoleTest {

    private static final double ASSERTED_MS = 60_000;
    private static final int IMAGES = 60;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String LONG = "a".repeat(120);

    private static RunningServer server;
    private static Chromium chromium;
    private static Browser browser;

    private final List<String> faults = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTED_MS);
        server = RunningServer.with(
                models -> {
                    models.promote(models.evaluated("shirts", 1));
                    models.evaluated("shirts", 2);
                },
                Map.of("inference.tuning-timeout", "0s"));
        browser = chromium.browser();
        for (int i = 0; i < IMAGES; i++) {
            server.send(server.request("/v1/models/shirts/predict")
                    .header("X-Request-Id", "order-" + i)
                    .header("X-Fovea-Tag", "line=" + i % 2 + ", order=" + LONG)
                    .POST(BodyPublishers.ofByteArray(TestModels.image(FabricClass.values()[i % 3], i))));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void closeAndLookBack() {
        if (context == null) {
            return;
        }
        context.close();
        assertThat(faults).as("errors in the browser").isEmpty();
    }

    private void open(ColorScheme scheme, int width, String path) {
        context = browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 800));
        page = context.newPage();
        page.onPageError(faults::add);
        page.onConsoleMessage(message -> {
            // the browser names each response of 4xx; the pages expect some, such as that there is no rollout
            if (message.type().equals("error") && !message.text().contains("status of 4")) {
                faults.add(message.text());
            }
        });
        page.navigate(server.address() + "/" + path);
    }

    private Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator dialog(String name) {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name));
    }

    private static Condition condition(String name) {
        return new Condition(
                "test/" + name,
                Optional.of("shirts"),
                AlertKind.DRIFT,
                Severity.WARNING,
                "The traffic of %s has changed".formatted(name),
                "Brightness 118 → 94.",
                Optional.of("/#/models/shirts/drift?version=1"),
                Instant.now());
    }

    @Test
    void shouldCountAcknowledgeSilenceAndExplainAnAlert() {
        server.server().application().alertParts().alerts().report(condition("acknowledged"));
        open(ColorScheme.LIGHT, 1280, "#/alerts");
        Locator alert = page.getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("The traffic of acknowledged has changed"));
        assertThat(page.getByRole(AriaRole.NAVIGATION).first()).containsText(Pattern.compile("Alerts\\s*\\d"));
        alert.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Acknowledge")))
                .click();
        dialog("Acknowledge the alert").getByLabel("Note").fill("new lamp");
        button(dialog("Acknowledge the alert"), "Acknowledge").click();
        assertThat(alert).containsText("acknowledged");
        assertThat(alert).containsText("new lamp");

        alert.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Silence")))
                .click();
        dialog("Silence alerts").getByLabel("Reason").fill("until the lamp is mended");
        button(dialog("Silence alerts"), "Silence").click();
        assertThat(alert).containsText("silenced until");
        Locator silences = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Silences"));
        assertThat(silences).containsText("until the lamp is mended");
        silences.getByRole(AriaRole.BUTTON).first().click();
        assertThat(silences).hasCount(0);

        alert.getByRole(AriaRole.LINK).click();
        assertThat(page).hasURL(Pattern.compile("#/models/shirts/drift\\?version=1"));
        assertThat(page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Parts of this model"))
                        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("^Drift"))))
                .hasAttribute("aria-current", "page");
    }

    @Test
    void shouldFilterTheTrafficAndKeepTheFilterInTheAddress() {
        open(ColorScheme.LIGHT, 1280, "#/models/shirts/traffic?days=1");
        Locator latest = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Latest predictions"));
        assertThat(latest).containsText("order-59");
        page.getByLabel("Tag").fill("line=0");
        page.getByLabel("Tag").press("Enter");
        assertThat(latest).not().containsText("order-59");
        assertThat(latest).containsText("order-58");
        assertThat(page).hasURL(Pattern.compile("days=1&tag=line%3D0"));
        page.reload();
        assertThat(latest).containsText("order-58");
        assertThat(page.getByText("30", new Page.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
    }

    @Test
    void shouldPlanLabelsAndKnowAccuracyFromThem() throws Exception {
        open(ColorScheme.DARK, 1280, "#/models/shirts/accuracy");
        Locator main = page.locator("main");
        assertThat(page.getByTestId("verdict")).isVisible();
        page.getByLabel("Know accuracy within").fill("25");
        button(main, "What to label").click();
        assertThat(main.getByText(Pattern.compile("Label these \\d+\\."))).isVisible();

        StringBuilder labels = new StringBuilder("request_id,label\n");
        for (int i = 0; i < IMAGES; i++) {
            labels.append("order-%d,%s%n".formatted(i, FabricClass.values()[i % 3].label()));
        }
        page.getByLabel("CSV with true labels")
                .setInputFiles(new FilePayload(
                        "labels.csv", "text/csv", labels.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(main).containsText("60 labels received, 60 joined.");
        assertThat(page.getByTestId("verdict").getByRole(AriaRole.HEADING)).containsText("Accuracy is");
    }

    @Test
    void shouldStartPauseAndStopARollout() {
        open(ColorScheme.LIGHT, 1280, "#/models/shirts/rollout");
        Locator main = page.locator("main");
        page.getByLabel("Reason").fill("finds more holes");
        button(main, "Start rollout").click();
        Locator verdict = page.getByTestId("verdict");
        assertThat(verdict).containsText("Version 2 is in step 1 of 5");
        button(verdict, "Pause").click();
        assertThat(verdict).containsText("paused");
        button(verdict, "Resume").click();
        button(verdict, "Stop").click();
        dialog("Stop the rollout").getByLabel("Reason").fill("enough seen");
        button(dialog("Stop the rollout"), "Stop").click();
        assertThat(verdict).containsText(Pattern.compile("ersion 2 was (stopped|rolled back|not decided about)"));
        assertThat(verdict).containsText(Pattern.compile("[Ee]nough seen"));
    }

    @Test
    void shouldPlanStartAndStopAnExperiment() {
        open(ColorScheme.LIGHT, 1280, "#/models/shirts/experiments");
        Locator main = page.locator("main");
        page.getByLabel("Business figure").fill("orders");
        page.getByLabel("Units with the figure, in %").fill("4");
        page.getByLabel("Units a day").fill("5000");
        button(main, "How long would it take?").click();
        assertThat(page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Length of the experiment")))
                .containsText(Pattern.compile("Fixed horizon\\s*13,48\\d\\s*2\\.70"));
        page.getByLabel("Reason").fill("finds more holes");
        button(main, "Start experiment").click();
        Locator verdict = page.getByTestId("verdict");
        assertThat(verdict).containsText("2 versions are compared by orders");
        assertThat(page.getByTestId("split")).containsText(Pattern.compile("version 2 on 50\\s%"));
        assertThat(page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Versions of the experiment")))
                .containsText("production");
        button(verdict, "Stop").click();
        dialog("Stop the experiment").getByLabel("Reason").fill("enough seen");
        button(dialog("Stop the experiment"), "Stop").click();
        assertThat(verdict).containsText("The experiment was stopped");
        assertThat(page.getByTestId("split")).hasCount(0);
    }

    @Test
    void shouldKeepImagesAndShowThem() {
        open(ColorScheme.DARK, 1280, "#/models/shirts/images");
        Locator verdict = page.getByTestId("verdict");
        assertThat(verdict).containsText("No images are kept");
        button(verdict, "Keep images").click();
        dialog("Keep images").getByLabel("Uncertain a day").fill("0");
        dialog("Keep images").getByLabel("Unlike held-out a day").fill("0");
        button(dialog("Keep images"), "Keep images").click();
        assertThat(verdict).containsText("20 random a day are kept");

        Locator today =
                page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Days that are not chosen yet"));
        AtomicInteger sent = new AtomicInteger(500);
        await().atMost(LIMIT).until(() -> {
            server.send(server.request("/v1/models/shirts/predict")
                    .header("Cache-Control", "no-store")
                    .POST(BodyPublishers.ofByteArray(TestModels.image(FabricClass.HOLE, sent.incrementAndGet()))));
            return !server.get("/v1/models/shirts/traffic/keep")
                    .json()
                    .get("open")
                    .isEmpty();
        });
        assertThat(today.getByRole(AriaRole.ROW)).hasCount(2);
        button(verdict, "Choose today’s now").click();
        Locator tiles = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Newest kept images"));
        assertThat(tiles.getByRole(AriaRole.IMG).first()).isVisible();
        button(verdict, "Stop keeping").click();
        button(dialog("Stop keeping images"), "Stop keeping").click();
        assertThat(verdict).containsText("No images are kept");
        tiles.getByRole(AriaRole.LINK).first().click();
        assertThat(page).hasURL(Pattern.compile("#/datasets/shirts-traffic/items/"));
    }

    @Test
    void shouldWalkThroughAlertsByKeys() {
        for (String name : List.of("first", "second")) {
            server.server().application().alertParts().alerts().report(condition(name));
        }
        open(ColorScheme.LIGHT, 1280, "#/alerts");
        Locator rows = page.getByTestId(Pattern.compile("^alert-"));
        assertThat(rows.nth(1)).isVisible();
        page.keyboard().press("j");
        assertThat(rows.first().locator(":focus")).hasCount(1);
        page.keyboard().press("j");
        assertThat(rows.nth(1).locator(":focus")).hasCount(1);
        page.keyboard().press("h");
        assertThat(rows.nth(1)).containsText("raised");
        page.keyboard().press("s");
        assertThat(dialog("Silence alerts")).isVisible();
    }

    @Test
    void shouldSetObjectivesAndSayWhatWasKeptOfThem() throws IOException {
        open(ColorScheme.LIGHT, 1280, "#/models/shirts/service-level");
        Locator main = page.locator("main");
        assertThat(page.getByTestId("verdict")).isVisible();
        button(main, "Set objectives").click();
        Locator dialog = dialog("Objectives of shirts");
        dialog.getByLabel("Latency p95, at most").fill("90000");
        dialog.getByLabel("Cost of 1,000 answers, at most").fill("5");
        button(dialog, "Save").click();
        assertThat(page.getByTestId("objective-p95")).containsText(Pattern.compile("met.*100.% left", Pattern.DOTALL));
        assertThat(page.getByTestId("objective-cost")).containsText("not enough data");
        assertThat(page.getByTestId("verdict")).containsText("1 of 2 objectives are met, none is missed");
        assertThat(page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName("Latency p95")))
                .isVisible();

        Download month =
                page.waitForDownload(() -> button(main, "Export the month").click());

        assertThat(month.suggestedFilename()).matches("shirts-service-level-\\d{4}-\\d{2}\\.html");
        assertThat(month.path()).content().contains("Service level of shirts", "<h2>Latency p95</h2>");
    }

    @Test
    void shouldSayThatDriftIsBeingLearned() {
        open(ColorScheme.LIGHT, 1280, "#/models/shirts/drift");
        assertThat(page.locator("main")).containsText(Pattern.compile("Quiet traffic is not known yet|No traffic yet"));
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void shouldViolateNoSeriousRuleOfAccessibilityAndFitNarrowScreens(ColorScheme scheme) throws IOException {
        Optional<Axe> axe = Axe.installed();
        Assumptions.assumeTrue(axe.isPresent(), "skipped: no console/node_modules/axe-core; run npm ci in console");
        server.server().application().alertParts().alerts().report(condition("s" + LONG));
        open(scheme, 360, "#/alerts");
        for (String section : List.of(
                "alerts",
                "models/shirts/traffic?days=1",
                "models/shirts/drift",
                "models/shirts/images",
                "models/shirts/accuracy",
                "models/shirts/experiments",
                "models/shirts/service-level",
                "models/shirts/rollout")) {
            page.navigate(server.address() + "/#/" + section);
            assertThat(page.locator("main")
                            .getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setLevel(2))
                            .first())
                    .isVisible();
            assertThat(axe.get().violations(page))
                    .as("violations at %s", page.url())
                    .isEmpty();
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("%s fits", section)
                    .isEqualTo(true);
        }
    }
}
