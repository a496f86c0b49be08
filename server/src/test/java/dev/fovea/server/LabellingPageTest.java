package dev.fovea.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import dev.fovea.server.Fingers.Spot;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * The pages of a data set in a real Chromium: with fingers, with keys alone, enlarged, and by the rules of axe-core.
 * Each test has data sets of its own, with images of 160 × 120 pixels that show a bright square on dark ground.
 */
class LabellingPageTest {

    private static final double ASSERTED_MS = 60_000;
    private static final int IMAGES = 6;
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final String BOUNDARY = "x2f9";
    private static final List<String> SECTIONS =
            List.of("", "/design", "/versions", "/labelling", "/disagreements", "/agreement", "/wrong-labels");

    /** Controls that are smaller than a finger, one line each; links in a line of text are not meant. */
    private static final String SMALL_TARGETS = """
            () => [...document.querySelectorAll('button, a, select, input, summary, [role=tab]')]
              .filter(element => !element.closest('p, h1, footer') && getComputedStyle(element).clipPath === 'none')
              .map(element => {
                const target = element.closest('label') ?? element;
                const whole = getComputedStyle(element, '::after').position === 'absolute';
                return [element, (whole ? element.offsetParent ?? target : target).getBoundingClientRect()];
              })
              .filter(([, {width, height}]) => width > 1 && height > 1 && (width < 43.9 || height < 43.9))
              .map(([element, {width, height}]) => element.outerHTML.slice(0, 120) + ' ' + width + '×' + height)
            """;

    /** Controls that cannot be scrolled to, or that something covers. */
    private static final String HIDDEN_CONTROLS = """
            () => [...document.querySelectorAll('main :is(button, a, select, summary, input)')]
              .filter(element => getComputedStyle(element).clipPath === 'none' && element.checkVisibility())
              .filter(element => {
                element.scrollIntoView({block: 'center', inline: 'nearest'});
                const {left, right, top, bottom} = (element.closest('label') ?? element).getBoundingClientRect();
                if (right - left < 2) return false;
                const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
                return left < 0 || right > innerWidth + 1 || !found
                  || !(element.contains(found) || found.contains(element) || found.closest('label')?.contains(element));
              })
              .map(element => element.outerHTML.slice(0, 160))
            """;

    private static Chromium chromium;
    private static Browser browser;
    private static RunningServer server;

    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        server = RunningServer.with(RunningServer::shirts);
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTED_MS);
        browser = chromium.browser();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void lookBack() {
        assertThat(faults).as("errors in the browser").isEmpty();
    }

    @Test
    void shouldDrawMoveAndResizeABoxWithAFinger() throws Exception {
        create("touch-boxes", "detection");
        try (BrowserContext ada = tablet()) {
            Page page = open(ada, "touch-boxes");
            Fingers fingers = new Fingers(page);
            String image = shown(page);
            fingers.drag(spot(page, 20, 20), spot(page, 80, 70));
            assertThat(objects(page)).hasText("hole box 60 × 50");
            tool(page, "Select");
            fingers.drag(spot(page, 50, 45), spot(page, 60, 55));
            // a finger lands beside the handle, and it is caught
            fingers.drag(spot(page, 90, 80).by(19, 0), spot(page, 110, 100));
            assertThat(objects(page)).hasText("hole box 80 × 70");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Next (Enter)"))
                    .click();
            assertThat(page.getByTestId("said")).hasText("Saved 1 object. Image 2.");
            assertThat(page.getByTestId("outbox")).hasText("The server has all labels.");
            JsonNode box = label("touch-boxes", image).get("objects").get(0).get("box");
            List<Double> expected = List.of(30.0, 30.0, 80.0, 70.0);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(box.get(i).asDouble()).isCloseTo(expected.get(i), within(1.0));
            }
        }
    }

    @Test
    void shouldZoomAndPanWithTwoFingersWithoutLosingAnOutline() throws Exception {
        create("touch-outlines", "instance-segmentation");
        try (BrowserContext ada = tablet()) {
            Page page = open(ada, "touch-outlines");
            Fingers fingers = new Fingers(page);
            tool(page, "Polygon");
            for (Spot corner : List.of(spot(page, 40, 30), spot(page, 110, 30), spot(page, 110, 90))) {
                fingers.tap(corner);
            }
            BoundingBox before = image(page).boundingBox();
            Spot middle = spot(page, 80, 60);
            fingers.drag(List.of(middle.by(-40, 0), middle.by(40, 0)), List.of(middle.by(-80, 0), middle.by(80, 0)));
            BoundingBox zoomed = image(page).boundingBox();
            assertThat(zoomed.width / before.width).isCloseTo(2, within(0.1));
            fingers.drag(List.of(middle, middle.by(60, 0)), List.of(middle.by(30, 50), middle.by(90, 50)));
            BoundingBox panned = image(page).boundingBox();
            assertThat(panned.x - zoomed.x).isCloseTo(30, within(2.0));
            assertThat(panned.y - zoomed.y).isCloseTo(50, within(2.0));
            page.getByText("show all").click();

            fingers.tap(spot(page, 40, 30));
            assertThat(objects(page)).hasText("hole polygon of 3 points");
            objects(page).click();
            tool(page, "Brush");
            fingers.drag(spot(page, 20, 100), spot(page, 60, 100));
            assertThat(objects(page)).hasCount(2);
            assertThat(objects(page).last()).hasText(Pattern.compile("hole mask of \\d+ pixels"));
        }
    }

    @Test
    void shouldHaveTargetsForFingers() throws Exception {
        create("targets", "classification");
        create("target-shapes", "instance-segmentation");
        try (BrowserContext ada = tablet()) {
            for (String path : List.of("targets/label", "targets/label?mode=grid", "target-shapes/label")) {
                Page page = ada.newPage();
                page.navigate(server.address() + "/#/datasets/" + path);
                assertThat(page.getByTestId("stage")
                                .or(page.getByTestId("grid"))
                                .first())
                        .isVisible();
                page.getByText("Keys", exactly()).tap();
                assertThat((List<?>) page.evaluate(SMALL_TARGETS)).as(path).isEmpty();
                page.close();
            }
            for (String section : SECTIONS) {
                Page page = section(ada, "targets", section);
                assertThat((List<?>) page.evaluate(SMALL_TARGETS)).as(section).isEmpty();
                page.close();
            }
        }
    }

    @Test
    void shouldLabelObjectsWithKeysAlone() throws Exception {
        create("key-boxes", "detection");
        try (BrowserContext ada = desk(ColorScheme.LIGHT, 1440, 900)) {
            Page page = open(ada, "key-boxes");
            String first = shown(page);
            press(page, 3, "Shift+ArrowLeft");
            press(page, 3, "Shift+ArrowUp");
            page.keyboard().press("x");
            press(page, 4, "Shift+ArrowRight");
            press(page, 4, "Shift+ArrowDown");
            page.keyboard().press("x");
            assertThat(page.getByTestId("said")).hasText("Object 1 of 1: hole, box 40 × 40. Image 1.");
            page.keyboard().press("ArrowRight");
            page.keyboard().press("Alt+ArrowDown");
            page.keyboard().press("Shift+Enter");
            assertThat(page.getByLabel("partly covered")).isFocused();
            page.keyboard().press("Space");
            assertThat(page.getByLabel("partly covered")).isChecked();
            page.keyboard().press("Escape");
            page.keyboard().press("Enter");
            assertThat(page.getByTestId("said")).hasText("Saved 1 object. Image 2.");
            painted(page);
            String second = shown(page);
            page.keyboard().press("Control+d");
            assertThat(objects(page)).hasText("hole box 40 × 41");
            page.keyboard().press("Enter");
            assertThat(page.getByTestId("said")).hasText("Saved 1 object. Image 3.");
            assertThat(page.getByTestId("outbox")).hasText("The server has all labels.");
            for (String image : List.of(first, second)) {
                JsonNode object = label("key-boxes", image).get("objects").get(0);
                assertThat(object.get("box").toString()).isEqualTo("[51.0,30.0,40.0,41.0]");
                assertThat(object.get("flags").toString()).isEqualTo("[\"occluded\"]");
            }
        }
    }

    @Test
    void shouldDrawOutlinesAndMasksWithKeysAlone() throws Exception {
        create("key-shapes", "instance-segmentation");
        try (BrowserContext ada = desk(ColorScheme.LIGHT, 1440, 900)) {
            Page page = open(ada, "key-shapes");
            page.keyboard().press("p");
            page.keyboard().press("x");
            press(page, 2, "Shift+ArrowRight");
            page.keyboard().press("x");
            press(page, 2, "Shift+ArrowDown");
            page.keyboard().press("x");
            page.keyboard().press("Enter");
            assertThat(objects(page)).hasText("hole polygon of 3 points");
            page.keyboard().press("v");
            page.keyboard().press("Shift+N");
            assertThat(page.locator("[data-chosen]")).hasCount(1);
            page.keyboard().press("Escape");

            page.keyboard().press("m");
            stroke(page);
            assertThat(objects(page)).hasCount(2);
            int painted = area(page);
            page.keyboard().press("]");
            page.keyboard().press("e");
            page.keyboard().press("x");
            page.keyboard().press("x");
            assertThat(objects(page).last()).not().hasText("hole mask of %d pixels".formatted(painted));
            assertThat(area(page)).isLessThan(painted);

            page.keyboard().press("Escape");
            press(page, 5, "Shift+ArrowLeft");
            page.keyboard().press("f");
            page.keyboard().press("x");
            assertThat(objects(page)).hasCount(3);
            page.keyboard().press("Delete");
            assertThat(objects(page)).hasCount(2);
            page.keyboard().press("Backspace");
            assertThat(objects(page)).hasCount(3);
        }
    }

    private static void stroke(Page page) {
        page.keyboard().press("x");
        press(page, 2, "Shift+ArrowRight");
        page.keyboard().press("x");
    }

    private static int area(Page page) {
        return Integer.parseInt(objects(page).last().innerText().replaceAll("\\D", ""));
    }

    @Test
    void shouldLookCloselyWithKeysAloneAndSayWhichKeys() throws Exception {
        create("key-view", "classification");
        try (BrowserContext ada = desk(ColorScheme.LIGHT, 1440, 900)) {
            Page page = open(ada, "key-view");
            press(page, 2, ".");
            page.keyboard().press(";");
            assertThat(image(page)).hasAttribute("style", Pattern.compile("brightness\\(1\\.2\\) contrast\\(0\\.9\\)"));
            page.keyboard().press("Shift+Home");
            assertThat(image(page)).not().hasAttribute("style", Pattern.compile("brightness"));
            BoundingBox whole = image(page).boundingBox();
            press(page, 2, "+");
            BoundingBox zoomed = image(page).boundingBox();
            assertThat(zoomed.width / whole.width).isCloseTo(2.25, within(0.01));
            page.keyboard().down("Space");
            page.keyboard().press("ArrowRight");
            page.keyboard().up("Space");
            assertThat(image(page).boundingBox().x - zoomed.x).isCloseTo(-60, within(1.0));
            page.keyboard().press("Home");
            assertThat(image(page).boundingBox().width).isEqualTo(whole.width);

            page.locator("summary").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("details kbd").allInnerTexts())
                    .contains("+", "Space + arrows", "Home", ",", ".", ";", ":", "Shift+Home", "Page down", "?");
        }
    }

    @Test
    void shouldSayWhichImageIsShownAndWhichLabelWasSavedWithoutKeysOfThePage() throws Exception {
        create("spoken", "classification");
        try (BrowserContext ada = desk(ColorScheme.LIGHT, 1440, 900)) {
            Page page = open(ada, "spoken");
            page.keyboard().press("Tab");
            assertThat(button(page, "Skip to the page")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.MAIN)).isFocused();
            page.getByLabel("Keys label").focus();
            page.keyboard().press("Space");
            assertThat(page.getByLabel("Keys label")).not().isChecked();
            assertThat(page.getByTestId("said")).hasAttribute("role", "status");
            assertThat(page.getByTestId("said")).containsText("Image 1, not labelled yet.");

            Locator none = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Classes"))
                    .getByRole(AriaRole.BUTTON)
                    .last();
            assertThat(none).hasAccessibleName(Pattern.compile("none.*whole"));
            none.focus();
            page.keyboard().press("Enter");
            assertThat(page.getByTestId("said")).hasText("Labelled none. Image 2, not labelled yet.");
            assertThat(none).isFocused();
            assertThat(image(page)).hasAttribute("alt", "Image 2, 160 × 120 pixels, not labelled yet");
            assertThat(page.getByTestId("reason")).hasText("Why this image: drawn at random.");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void shouldViolateNoRuleOfAccessibilityAndFitWhenEnlarged(ColorScheme scheme) throws Exception {
        Optional<Axe> installed = Axe.installed();
        Assumptions.assumeTrue(
                installed.isPresent(), "skipped: no console/node_modules/axe-core; run npm ci in console");
        String name = "rules-" + scheme.name().toLowerCase(Locale.ROOT);
        create(name, "classification");
        create(name + "-shapes", "semantic-segmentation");
        // twice the size on a screen of 1440 × 900
        try (BrowserContext ada = desk(scheme, 720, 450)) {
            assertAccessible(installed.get(), open(ada, name));
            assertAccessible(installed.get(), open(ada, name + "-shapes"));
            assertAccessible(installed.get(), open(ada, name + "/label?mode=grid", "[data-testid=grid] button"));
            for (String section : SECTIONS) {
                assertAccessible(installed.get(), section(ada, name, section));
            }
        }
    }

    /** Closes the page, so that the next one gets its images. */
    private static void assertAccessible(Axe axe, Page page) {
        page.locator("main summary").all().forEach(Locator::click);
        assertThat(axe.violations(page)).as(page.url()).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("%s fits", page.url())
                .isEqualTo(true);
        assertThat((List<?>) page.evaluate(HIDDEN_CONTROLS))
                .as("hidden at %s", page.url())
                .isEmpty();
        page.close();
    }

    @Test
    void shouldLoadForLabellingOnlyWhatLabellingNeeds() throws Exception {
        create("parts", "classification");
        try (BrowserContext ada = desk(ColorScheme.LIGHT, 1440, 900)) {
            List<String> loaded = Collections.synchronizedList(new ArrayList<>());
            ada.onResponse(response -> {
                if (response.url().contains("/assets/")) {
                    loaded.add(response.url() + " "
                            + response.headerValue("Cache-Control") + " "
                            + response.headerValue("Content-Security-Policy"));
                }
            });
            Page page = open(ada, "parts");
            assertThat(loaded).noneMatch(each -> each.contains("ModelPage") || each.contains("Modal"));
            assertThat(loaded).anyMatch(each -> each.contains("LabelPage"));
            assertThat(loaded).allMatch(each -> each.contains("max-age=31536000, immutable default-src 'self'"));
            page.navigate(server.address() + "/#/models/shirts");
            assertThat(page.getByTestId("part")).isVisible();
            assertThat(loaded).anyMatch(each -> each.contains("ModelPage"));
        }
        assertThat(server.get("/").headers()).containsEntry("cache-control", "no-cache");
        assertThat(server.get("/assets/gone.js").status()).isEqualTo(404);
    }

    private BrowserContext tablet() {
        return watched(browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(820, 1180)
                .setHasTouch(true)
                .setIsMobile(true)));
    }

    private BrowserContext desk(ColorScheme scheme, int width, int height) {
        return watched(browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, height)));
    }

    private BrowserContext watched(BrowserContext context) {
        context.addInitScript("if (location.protocol === 'http:') localStorage.setItem('fovea-annotator', 'ada')");
        context.onWebError(error -> faults.add(error.error()));
        context.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                faults.add(message.text());
            }
        });
        return context;
    }

    private static Page open(BrowserContext person, String dataset) {
        return open(person, dataset + "/label", "[data-testid=bench][aria-busy=false]");
    }

    private static Page open(BrowserContext person, String path, String shown) {
        Page page = person.newPage();
        page.navigate(server.address() + "/#/datasets/" + path);
        assertThat(page.locator(shown).first()).isVisible();
        return page;
    }

    private static Page section(BrowserContext person, String dataset, String section) {
        Page page = open(person, dataset + section, "[role=tabpanel]:not(:empty)");
        assertThat(page.getByText(Pattern.compile("^Loading .*"))).hasCount(0);
        return page;
    }

    private static void painted(Page page) {
        assertThat(page.getByTestId("bench")).hasAttribute("aria-busy", "false");
    }

    private static void press(Page page, int times, String key) {
        IntStream.range(0, times).forEach(_ -> page.keyboard().press(key));
    }

    private static String shown(Page page) {
        return page.getByTestId("stage").getAttribute("data-image");
    }

    private static Locator image(Page page) {
        return page.getByTestId("stage").locator("img");
    }

    /** Where a pixel of the image is on the screen. */
    private static Spot spot(Page page, double x, double y) {
        BoundingBox box = image(page).boundingBox();
        return new Spot(box.x + x * box.width / WIDTH, box.y + y * box.height / HEIGHT);
    }

    private static Locator objects(Page page) {
        return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Objects"))
                .locator("li > button:first-child");
    }

    private static void tool(Page page, String name) {
        Locator tool = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Tools"))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
        // Chromium takes a tap right after a fast drag for the end of a fling
        tool.click();
        assertThat(tool).hasAttribute("aria-pressed", "true");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Page.GetByTextOptions exactly() {
        return new Page.GetByTextOptions().setExact(true);
    }

    /** The newest label of an image. */
    private static JsonNode label(String dataset, String image) throws Exception {
        JsonNode rows =
                server.get("/v1/datasets/" + dataset + "/items/" + image).json().get("annotations");
        assertThat(rows.size()).isOne();
        return rows.get(0).get("value");
    }

    private static void create(String name, String task) throws Exception {
        assertThat(server.post("/v1/datasets", """
                        {"name": "%s", "task": "%s",
                         "classes": [{"name": "hole", "definition": "open"}, {"name": "none", "definition": "whole"}]}
                        """.formatted(name, task)).status())
                .isEqualTo(201);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < IMAGES; i++) {
            body.writeBytes(text("--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"%d.png\"\r\n\r\n"
                    .formatted(BOUNDARY, i)));
            body.writeBytes(drawn(i));
            body.writeBytes(text("\r\n"));
        }
        body.writeBytes(text("--" + BOUNDARY + "--\r\n"));
        JsonNode added = server.send(server.request("/v1/datasets/" + name + "/items")
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofByteArray(body.toByteArray())))
                .json();
        assertThat(added.path("added").asInt()).as(added.toString()).isEqualTo(IMAGES);
    }

    private static byte[] drawn(int seed) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(20 + seed, 30, 40));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        pen.setColor(new Color(200, 210 - seed, 220));
        pen.fillRect(30 + seed * 8, 20 + seed * 5, 50, 40);
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
