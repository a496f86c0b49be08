package dev.fovea.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import dev.fovea.synthetic.FabricClass;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clicks through the console in a real Chromium. The server carries a model {@code shirts} with version 1 in production
 * and version 2 ready; each test leaves it so. Beside it stand {@code trousers} with version 1 in production, and
 * {@code hats}, which one test deletes.
 */
class ConsoleTest {
    private static final double ASSERTED_MS = 30_000;
    private static final double QUANTIZED_MS = 300_000;
    private static final Pattern DARK_OR_LIGHT = Pattern.compile("Switch to (dark|light) colours");

    private static RunningServer server;
    private static String address = "";
    private static Chromium chromium;
    private static Browser browser;

    private final List<String> faults = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    /** The only folder that callers may name. */
    @TempDir
    private static Path images;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        server = RunningServer.with(
                models -> {
                    models.promote(models.evaluated("shirts", 1));
                    models.evaluated("shirts", 2);
                    models.promote(models.register("trousers", 3));
                    models.promote(models.evaluated("hats", 4));
                    models.evaluated("hats", 5);
                },
                Map.of("datasets.roots", images.toString()));
        address = server.address() + "/";
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTED_MS);
        browser = chromium.browser();
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
        assertThat(strangers).as("requests to other hosts").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void shouldPromoteCanaryRollBackAndPredict(ColorScheme scheme) throws IOException {
        open(scheme, 1440, 900, "");
        assertThat(page.locator("html"))
                .hasAttribute("data-mantine-color-scheme", scheme == ColorScheme.DARK ? "dark" : "light");
        assertThat(page.getByTestId("model-shirts")).containsText("Version 1");
        link("shirts").click();
        assertThat(page.getByTestId("production")).hasText("Version 1");

        promoteVersion2();
        sendFivePercentToVersion1AndEndIt();
        rollBackToVersion1();
        shouldListChangesWithTheirReasons();
        predictImage(scheme);
    }

    private void promoteVersion2() {
        part("Versions").click();
        button(page.locator("main"), "Promote version 2").click();
        Locator dialog = dialog("Promote version 2");
        assertThat(button(dialog, "Promote version 2")).isDisabled();
        confirm(dialog, "better recall on holes", "Promote version 2");
        assertThat(page.getByTestId("notice")).containsText("Version 2 is in production.");
        assertThat(page.getByTestId("production")).hasText("Version 2");
        assertThat(page.getByTestId("version-2")).containsText("production");
    }

    private void sendFivePercentToVersion1AndEndIt() {
        page.getByLabel("Canary version").selectOption("1");
        Locator slider =
                page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName("Share of traffic in percent"));
        for (int i = 0; i < 5; i++) {
            slider.press("ArrowRight");
        }
        button(page.locator("main"), "Set canary").click();
        confirm(dialog(Pattern.compile("Send 5\\s%\\s*to version 1")), "keep an eye on the old one", "Set canary");
        assertThat(page.getByTestId("canary")).hasText(Pattern.compile("version 1 on 5\\s%"));
        button(page.locator("main"), "End canary").click();
        confirm(dialog("End the canary"), "enough seen", "End canary");
        assertThat(page.getByTestId("canary")).hasCount(0);
    }

    private void rollBackToVersion1() {
        button(page.locator("main"), "Roll back").click();
        confirm(dialog("Roll back shirts"), "wrong on dark fabric", "Roll back");
        assertThat(page.getByTestId("notice"))
                .containsText(Pattern.compile("Rolled back from version 2 to version 1 in [\\d.,]+\\s*(ms|s)"));
        assertThat(page.getByTestId("production")).hasText("Version 1");
    }

    private void shouldListChangesWithTheirReasons() {
        part("Audit trail").click();
        Locator trail = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Audit trail"));
        for (String reason : List.of("better recall on holes", "keep an eye on the old one", "wrong on dark fabric")) {
            assertThat(trail.getByText(reason).first()).isVisible();
        }
    }

    private void predictImage(ColorScheme scheme) throws IOException {
        page.getByRole(AriaRole.NAVIGATION)
                .first()
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Predict"))
                .click();
        page.getByLabel("Model", exactly()).selectOption("shirts");
        page.getByLabel("Image", exactly())
                .setInputFiles(new FilePayload(
                        "plain.png",
                        "image/png",
                        plainImage(scheme == ColorScheme.DARK ? Color.DARK_GRAY : Color.CYAN)));
        assertThat(page.getByTestId("label")).hasText(Pattern.compile("hole|none|tear"));
        assertThat(page.getByTestId("timings")).containsText("Infer");
        page.getByText("Response as JSON").click();
        assertThat(page.getByTestId("raw")).containsText("\"request_id\"");
        page.getByLabel("Version", exactly()).selectOption("2");
        assertThat(page.getByTestId("response")).containsText("Version 2 of shirts");
        page.getByLabel("Version", exactly()).selectOption("");
        assertThat(page.getByTestId("origin")).containsText("Served from cache");
        assertThat(page.getByTestId("timings")).hasCount(0);
    }

    @Test
    void shouldLightUpAnObjectFromItsRowAndFilterByConfidence() throws IOException {
        open(ColorScheme.LIGHT, 1440, 900, "#/predict?model=shirts");
        page.route(
                "**/predict?*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("""
                        {"model":"shirts","version":1,"task":"detection","label":null,"confidence":null,"top":[],
                         "embedding":[],"latency_ms":4.5,"request_id":"r","timestamp":"2026-11-20T10:00:00Z",
                         "timings_ms":{"decode":1,"preprocess":1,"queue":0,"infer":2,"postprocess":0.5},
                         "objects":[
                          {"label":"hole","confidence":0.91,"box":{"x1":2,"y1":2,"x2":30,"y2":30},"mask":null,"polygons":[]},
                          {"label":"tear","confidence":0.4,"box":{"x1":8,"y1":8,"x2":20,"y2":20},"mask":null,"polygons":[]}]}""")));
        page.getByLabel("Image", exactly()).setInputFiles(new FilePayload("plain.png", "image/png", plainImage()));
        assertThat(page.getByTestId("found")).hasText("2 objects");
        Locator overlay = page.getByTestId("overlay");
        assertThat(overlay.locator("g")).hasCount(2);

        Locator row = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("tear")));
        row.focus();
        assertThat(overlay.locator("g[data-state=active]")).hasCount(1);
        assertThat(overlay).containsText(Pattern.compile("tear 40"));

        page.getByRole(AriaRole.SLIDER).press("End");
        assertThat(page.getByTestId("found")).hasText("0 of 2 objects");
        assertThat(overlay.locator("g")).hasCount(0);
        page.getByRole(AriaRole.SLIDER).press("Home");
        assertThat(overlay.locator("g")).hasCount(2);
    }

    @Test
    void shouldExplainWhyATextFileIsNoImage() {
        open(ColorScheme.LIGHT, 1440, 900, "#/predict?model=shirts");
        page.getByLabel("Image", exactly())
                .setInputFiles(new FilePayload(
                        "notes.jpg", "image/jpeg", "this is a text file".getBytes(StandardCharsets.UTF_8)));
        assertThat(page.getByTestId("problem")).containsText("IMAGE_FORMAT_UNSUPPORTED");
        faults.removeIf(fault -> fault.contains("status of 400"));
    }

    @Test
    void shouldSayWhyAModelCannotBeRolledBack() {
        open(ColorScheme.LIGHT, 1440, 900, "#/models/trousers/audit");
        Locator rollBack = button(page.locator("main"), "Roll back");
        assertThat(rollBack).isDisabled();
        page.locator("main")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Predict"))
                .focus();
        page.keyboard().press("Tab");
        assertThat(rollBack).isFocused();
        assertThat(page.getByRole(AriaRole.TOOLTIP)).containsText("Version 1 is the first in production.");
        assertThat(rollBack)
                .hasAccessibleDescription(
                        "Version 1 is the first in production. Rolling back needs an earlier production version.");
        assertThat(page.locator("time").first()).hasText(Pattern.compile("\\d+ \\w+ \\d{4}, \\d\\d:\\d\\d:\\d\\d.*"));
    }

    @Test
    void shouldShowTheVerdictOfAnEvaluation() {
        open(ColorScheme.LIGHT, 1440, 900, "#/models/shirts/evaluation");
        assertThat(page.getByTestId("verdict")).containsText("better than always saying");
        assertThat(page.getByTestId("classes").locator("tbody tr")).hasCount(3);
        assertThat(page.getByTestId("confusion").locator("tbody td")).hasCount(9);
    }

    /** On a model of its own, as it leaves a version behind. Weights only: the network is too small to be faster. */
    @Test
    void shouldQuantizeAVersionAndShowTheOutcome() throws IOException {
        for (int i = 0; i < 64; i++) {
            Files.write(images.resolve(i + ".jpg"), TestModels.image(FabricClass.values()[i % 3], i));
        }
        open(ColorScheme.LIGHT, 1440, 900, "#/models/trousers/quantization");
        assertThat(shown("Quantization")).containsText("No version of trousers is quantized yet.");
        assertThat(button(page.locator("main"), "Start")).isDisabled();
        page.getByLabel("Images", exactly()).fill(images.toString());
        page.getByLabel("INT8 weights", exactly()).check();
        page.getByLabel("Margin of accuracy").fill("10");
        button(page.locator("main"), "Start").click();

        Locator outcome = page.getByTestId("outcome");
        button(page.locator("main"), "Stop").click();
        assertThat(outcome)
                .containsText(
                        "The job was cancelled.", new LocatorAssertions.ContainsTextOptions().setTimeout(QUANTIZED_MS));
        button(page.locator("main"), "Start").click();
        assertThat(outcome)
                .containsText(
                        "Version 2 is registered",
                        new LocatorAssertions.ContainsTextOptions().setTimeout(QUANTIZED_MS));
        assertThat(outcome).containsText("Version 1 as INT8 weights");
        Locator quantizations = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Quantizations"));
        assertThat(quantizations.getByRole(AriaRole.LISTITEM)).hasCount(2);
        page.reload();
        assertThat(outcome).containsText("Version 2 is registered");
        link("Details of version 2").click();
        assertThat(link("Quantization report of version 2")).isVisible();
    }

    @Test
    void shouldArchiveRestoreExportAndDelete() {
        open(ColorScheme.LIGHT, 1440, 900, "#/models/hats/versions");
        Locator main = page.locator("main");
        button(main, "Details of version 1").click();
        assertThat(button(main, "Archive version 1")).isDisabled();
        assertThat(button(main, "Archive version 1"))
                .hasAccessibleDescription("Version 1 is in production. Promote another version first.");
        button(main, "Details of version 2").click();
        button(main, "Archive version 2").click();
        confirm(dialog("Archive version 2"), "superseded", "Archive version 2");
        assertThat(page.getByTestId("notice")).containsText("Version 2 is archived.");
        assertThat(page.getByTestId("version-2")).hasCount(0);
        button(main, "Show 1 archived version").click();
        assertThat(page.getByTestId("version-2")).containsText("archived");
        button(main, "Restore version 2").click();
        confirm(dialog("Restore version 2"), "needed after all", "Restore version 2");
        assertThat(page.getByTestId("version-2")).not().containsText("archived");

        if (button(main, "Export version 2").count() == 0) {
            button(main, "Details of version 2").click();
        }
        Download download =
                page.waitForDownload(() -> button(main, "Export version 2").click());
        assertThat(download.suggestedFilename()).isEqualTo("hats-2.zip");
        button(main, "Delete version 2").click();
        confirm(dialog("Delete version 2"), "wrong labels", "Delete version 2");
        assertThat(page.getByTestId("version-2")).hasCount(0);

        button(main, "Delete hats").click();
        Locator dialog = dialog("Delete hats");
        assertThat(dialog).containsText("Version 1 is in production: requests for hats then get 404.");
        dialog.getByLabel("Reason").fill("the line was shut down");
        assertThat(button(dialog, "Delete hats")).isDisabled();
        dialog.getByLabel("Type “hats” to confirm").fill("hats");
        button(dialog, "Delete hats").click();
        assertThat(page.getByTestId("model-shirts")).isVisible();
        assertThat(page.getByTestId("model-hats")).hasCount(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void shouldViolateNoSeriousRuleOfAccessibility(ColorScheme scheme) throws IOException {
        Optional<Axe> installed = Axe.installed();
        Assumptions.assumeTrue(
                installed.isPresent(), "skipped: no console/node_modules/axe-core; run npm ci in console");
        Axe axe = installed.get();
        open(scheme, 1440, 900, "#/predict?model=shirts");
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        assertAccessible(axe, page.getByLabel("Image", exactly()));
        page.getByLabel("Image", exactly()).setInputFiles(new FilePayload("plain.png", "image/png", plainImage()));
        page.getByText("Response as JSON").click();
        assertAccessible(axe, page.getByTestId("raw"));
        Locator panel = page.getByTestId("part");
        for (String section : List.of(
                "",
                "/traffic",
                "/images",
                "/drift",
                "/accuracy",
                "/rollout",
                "/experiments",
                "/evaluation",
                "/versions?version=2",
                "/quantization",
                "/audit")) {
            page.navigate(address + "#/models/shirts" + section);
            assertAccessible(axe, panel.locator("h2, ol").first());
        }
        page.navigate(address + "#/alerts");
        assertAccessible(axe, page.getByRole(AriaRole.HEADING).first());
        page.navigate(address + "#/models/shirts/evaluation");
        assertAccessible(axe, page.getByTestId("confusion"));
        page.navigate(address + "#/models/shirts/versions");
        button(page.locator("main"), "Promote version 2").click();
        assertAccessible(axe, dialog("Promote version 2"));
        page.navigate(address + "#/nothing");
        assertAccessible(axe, page.getByRole(AriaRole.HEADING));
        page.navigate(address + "#/");
        assertAccessible(axe, page.getByTestId("model-shirts"));
    }

    private void assertAccessible(Axe axe, Locator shown) {
        assertThat(shown).isVisible();
        assertThat(axe.violations(page)).as("violations at %s", page.url()).isEmpty();
    }

    @Test
    void shouldRememberTheChosenScheme() {
        open(ColorScheme.LIGHT, 1440, 900, "");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(DARK_OR_LIGHT))
                .click();
        assertThat(page.locator("html")).hasAttribute("data-mantine-color-scheme", "dark");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-mantine-color-scheme", "dark");
    }

    @Test
    void shouldFitANarrowScreen() {
        open(ColorScheme.LIGHT, 390, 844, "");
        for (String section : List.of(
                "",
                "/traffic",
                "/images",
                "/drift",
                "/accuracy",
                "/rollout",
                "/experiments",
                "/evaluation",
                "/versions",
                "/quantization",
                "/audit")) {
            page.navigate(address + "#/models/shirts" + section);
            assertThat(page.getByTestId("part")).isVisible();
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("section '%s' fits", section)
                    .isEqualTo(true);
        }
    }

    private void open(ColorScheme scheme, int width, int height, String path) {
        context = browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, height));
        page = context.newPage();
        page.onPageError(faults::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add(message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(address) && !request.url().startsWith("blob:")) {
                strangers.add(request.url());
            }
        });
        page.navigate(address + path);
    }

    /** The second click of a change: gives the reason and confirms. */
    private static void confirm(Locator dialog, String reason, String action) {
        dialog.getByLabel("Reason").fill(reason);
        button(dialog, action).click();
        assertThat(dialog).isHidden();
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator dialog(String name) {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name));
    }

    private Locator dialog(Pattern name) {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name));
    }

    /** A link of the navigation between the pages of a model. */
    private Locator part(String name) {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Parts of this model"))
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** What a page of a model shows. */
    private Locator shown(String name) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private static byte[] plainImage() throws IOException {
        return plainImage(new Color(90, 110, 140));
    }

    private static byte[] plainImage(Color color) throws IOException {
        var image = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(color);
        pen.fillRect(0, 0, 160, 120);
        pen.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
