package dev.fovea.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.fovea.synthetic.FabricClass;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Designs a question in a real Chromium, and tests it with a pilot of two people. */
class DesignConsoleTest {

    private static final double ASSERTED_MS = 60_000;
    private static final int IMAGES = 24;
    private static final String BOUNDARY = "x2f9";
    private static final String FABRIC = "/v1/datasets/fabric";

    private static Chromium chromium;
    private static Browser browser;

    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
    private RunningServer server;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTED_MS);
        browser = chromium.browser();
    }

    @AfterAll
    static void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.with(_ -> {});
        assertThat(server.post("/v1/datasets", """
                        {"name": "fabric", "task": "classification",
                         "classes": [{"name": "hole", "definition": "A gap of 1 mm or more"}, {"name": "none"}]}
                        """).status()).isEqualTo(201);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < IMAGES; i++) {
            body.writeBytes(text("--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"%d.jpg\"\r\n\r\n"
                    .formatted(BOUNDARY, i)));
            body.writeBytes(TestModels.image(FabricClass.values()[i % 3], i));
            body.writeBytes(text("\r\n"));
        }
        body.writeBytes(text("--" + BOUNDARY + "--\r\n"));
        JsonNode added = server.send(server.request(FABRIC + "/items")
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofByteArray(body.toByteArray())))
                .json();
        assertThat(added.path("added").asInt()).as(added.toString()).isEqualTo(IMAGES);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void shouldLeadFromTheQuestionToThePilotsReport() throws Exception {
        try (BrowserContext ada = person("ada", ColorScheme.LIGHT);
                BrowserContext bob = person("bob", ColorScheme.LIGHT)) {
            Page page = design(ada);
            assertThat(page.getByTestId("design-verdict")).containsText("Not ready");
            state(page);
            assertThat(page.getByTestId("design-verdict")).containsText("Ready");
            choose(page);

            Locator pilot = page.getByRole(AriaRole.FORM, new Page.GetByRoleOptions().setName("Start a pilot"));
            pilot.getByLabel("Images").fill("10");
            pilot.getByRole(AriaRole.BUTTON).last().click();
            assertThat(page.getByText("Label its images")).isVisible();

            label(ada, List.of("1"));
            label(bob, List.of("1", "2"));

            page.reload();
            assertThat(page.getByTestId("pilot-report")).isVisible();
            Locator confused = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("hole and none"));
            assertThat(confused).containsText("People differ on 5 images of 10.");
            assertThat(confused).containsText("A gap of 1 mm or more");
        }
        JsonNode stored = server.get(FABRIC + "/design").json();
        assertThat(stored.get("question").asString()).isEqualTo("Which fault does the fabric show?");
        assertThat(stored.get("several_apply").asBoolean(true)).isFalse();
        assertThat(stored.get("classes").get(0).get("examples").size()).isEqualTo(2);
        JsonNode done = server.get(FABRIC + "/pilot").json();
        assertThat(done.get("state").asString()).isEqualTo("done");
        assertThat(done.get("progress").get("complete").asInt()).isEqualTo(10);
        assertThat(faults).as("errors in the browser").isEmpty();
    }

    private static void state(Page page) {
        Locator question = page.getByLabel("What should people answer?");
        question.fill("Which fault does the fabric show?");
        question.press("Enter");
        for (String label : List.of("Can two classes apply to one image?", "Can none of the classes apply?")) {
            page.getByRole(AriaRole.RADIOGROUP, new Page.GetByRoleOptions().setName(label))
                    .getByText(label.contains("none") ? "Yes" : "No", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(page.getByText("Saved. Save a version")).isVisible();
        }
        Locator definition = page.getByLabel("Definition of none");
        definition.fill("Woven without a gap");
        definition.blur();
    }

    private static void choose(Page page) {
        page.getByLabel("Choose examples of hole").click();
        Locator images = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Images to choose from"))
                .getByRole(AriaRole.BUTTON);
        for (int i = 0; i < 2; i++) {
            images.nth(i).click();
            assertThat(images.nth(i)).hasAttribute("aria-pressed", "true");
        }
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Done"))
                .click();
        assertThat(page.getByAltText("Example 2 of hole")).isVisible();
    }

    /** Labels the ten images of the pilot with keys in turn; the definitions open and close on the way. */
    private void label(BrowserContext person, List<String> keys) {
        Page page = person.newPage();
        page.navigate(server.address() + "/#/datasets/fabric/label");
        assertThat(page.getByText("Which fault does the fabric show?")).isVisible();
        page.keyboard().press("?");
        assertThat(page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Definitions")))
                .containsText("A gap of 1 mm or more");
        page.keyboard().press("?");
        for (int done = 0; done < 10; done++) {
            assertThat(page.getByTestId("bench")).hasAttribute("aria-busy", "false");
            page.keyboard().press(keys.get(done % keys.size()));
            assertThat(page.getByTestId("pace")).hasText(Pattern.compile("^" + (done + 1) + " labelled now.*"));
        }
        assertThat(page.getByTestId("outbox")).hasText("The server has all labels.");
        page.close();
    }

    @Test
    void shouldViolateNoSeriousRuleOfAccessibility() throws Exception {
        Optional<Axe> installed = Axe.installed();
        Assumptions.assumeTrue(
                installed.isPresent(), "skipped: no console/node_modules/axe-core; run npm ci in console");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (BrowserContext ada = person("ada", scheme)) {
                Page page = design(ada);
                assertThat(installed.get().violations(page)).as(scheme.name()).isEmpty();
                page.setViewportSize(390, 800);
                assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .isEqualTo(true);
            }
        }
    }

    private BrowserContext person(String name, ColorScheme scheme) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1440, 900));
        context.addInitScript(
                "if (location.protocol === 'http:') localStorage.setItem('fovea-annotator', '" + name + "')");
        context.onWebError(error -> faults.add(error.error()));
        return context;
    }

    private Page design(BrowserContext person) {
        Page page = person.newPage();
        page.navigate(server.address() + "/#/datasets/fabric/design");
        assertThat(page.getByTestId("design-verdict")).isVisible();
        return page;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
