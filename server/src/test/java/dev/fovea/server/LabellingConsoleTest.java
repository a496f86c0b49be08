package dev.fovea.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.synthetic.FabricClass;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Labels with keys in a real Chromium, with a server in a process of its own that is killed at work. */
class LabellingConsoleTest {
    private static final int IMAGES = 60;
    private static final double ASSERTED_MS = 60_000;
    private static final Pattern WAITING = Pattern.compile("\\d+ labels wait for the server\\.");
    private static final Pattern LOADED = Pattern.compile("(1\\d|20) images\\s+loaded ahead");
    private static final String BOUNDARY = "x2f9";
    private static final String FABRIC = "/v1/datasets/fabric";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private static Chromium chromium;
    private static Browser browser;

    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
    private TemporaryHome home;
    private String address = "";
    private Process server;

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
        home = new TemporaryHome();
        int port = freePort();
        address = "http://127.0.0.1:" + port;
        server = serve(port);
        JsonNode created = send(HttpRequest.newBuilder(URI.create(address + "/v1/datasets"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"name": "fabric", "task": "classification",
                         "classes": [{"name": "hole", "definition": "open"}, {"name": "none", "definition": "whole"}]}
                        """)));
        assertThat(created.path("name").asString()).as(created.toString()).isEqualTo("fabric");
        upload();
    }

    @AfterEach
    void stop() throws Exception {
        kill();
        home.close();
    }

    @Test
    void shouldKeepEveryLabelOfTwoPeopleThoughTheServerIsKilled() throws Exception {
        try (BrowserContext ada = person("ada");
                BrowserContext bob = person("bob")) {
            Page first = open(ada);
            Page second = open(bob);
            label(first, 0, 15, "1");
            label(second, 0, 15, "n");
            assertThat(first.getByTestId("pace")).containsText(LOADED);
            assertThat(second.getByTestId("pace")).containsText(LOADED);
            kill();
            label(first, 15, 18, "1");
            label(second, 15, 17, "n");
            // more than these, where a label was under way to the killed server
            assertThat(first.getByTestId("outbox")).hasText(WAITING);
            assertThat(second.getByTestId("outbox")).hasText(WAITING);
            first.close();
            server = serve(URI.create(address).getPort());
            assertThat(second.getByTestId("outbox")).hasText("The server has all labels.");
            Page again = open(ada);
            assertThat(again.getByTestId("outbox")).hasText("The server has all labels.");

            labelTheRest(again, "1");
            labelTheRest(second, "n");
        }
        assertEachImageIsLabelledOnce();
        assertThat(faults).as("errors in the browser").isEmpty();
    }

    private void assertEachImageIsLabelledOnce() throws Exception {
        JsonNode items = get(FABRIC + "/items?size=500").get("items");
        assertThat(items.size()).isEqualTo(IMAGES);
        int byAda = 0;
        for (JsonNode item : items) {
            String hash = item.get("image").get("hash").asString();
            JsonNode rows = get(FABRIC + "/items/" + hash).get("annotations");
            assertThat(rows.size()).as("labels of %s: %s", hash, rows).isEqualTo(1);
            JsonNode row = rows.get(0);
            boolean ada = row.get("annotator").asString().equals("ada");
            assertThat(row.get("value").get("classes").get(0).asString()).isEqualTo(ada ? "hole" : "none");
            assertThat(row.get("millis").asLong()).isPositive();
            byAda += ada ? 1 : 0;
        }
        assertThat(byAda).isBetween(18, IMAGES - 17);
    }

    @Test
    void shouldGiveTheImagesOfAClosedTabToOthersAndThoseOfACrashedOneToItsPersonAgain() throws Exception {
        try (BrowserContext ada = person("ada");
                BrowserContext bob = person("bob")) {
            Page first = open(ada);
            String shown = shown(first);
            Page second = open(ada);
            String ahead = shown(second);
            assertThat(ahead).isNotEqualTo(shown);
            assertThat(second.getByTestId("pace")).hasText(Pattern.compile(".*; " + LOADED.pattern() + ".*"));
            second.close();
            Page of = open(bob);
            assertThat(shown(of)).as("the image of a tab that was closed").isEqualTo(ahead);

            crash(first);
            assertThat(shown(open(ada))).as("the image of a tab that crashed").isEqualTo(shown);
        }
        assertThat(faults).as("errors in the browser").isEmpty();
    }

    private static String shown(Page page) {
        return page.getByTestId("stage").getAttribute("data-image");
    }

    /** Chromium kills the process of a page that goes there; no handler of the page runs. */
    private static void crash(Page page) {
        CountDownLatch crashed = new CountDownLatch(1);
        page.onCrash(_ -> crashed.countDown());
        try {
            page.navigate("chrome://crash");
        } catch (PlaywrightException _) {
            // the navigation has no end
        }
        page.context().waitForCondition(() -> crashed.getCount() == 0);
    }

    @Test
    void shouldUndoAndLabelAgainByKeys() throws Exception {
        try (BrowserContext ada = person("ada")) {
            Page page = open(ada);
            label(page, 0, 3, "1");
            page.keyboard().press("Backspace");
            page.keyboard().press("Control+z");
            assertThat(page.getByTestId("said")).containsText("Image 2, labelled hole.");
            painted(page);
            page.keyboard().press("2");
            assertThat(page.getByTestId("said")).containsText("Image 3, labelled hole.");
            page.keyboard().press("Control+y");
            label(page, 3, 4, "2");
            assertThat(page.getByTestId("outbox")).hasText("The server has all labels.");
        }
        JsonNode labelled = get(FABRIC + "/items?tag=labelled=yes&size=500").get("items");
        assertThat(labelled.size()).isEqualTo(4);
        JsonNode none = get(FABRIC + "/items?tag=class=none&size=500").get("items");
        assertThat(none.size()).isEqualTo(2);
        assertThat(faults).as("errors in the browser").isEmpty();
    }

    @Test
    void shouldViolateNoSeriousRuleOfAccessibility() throws Exception {
        Optional<Axe> installed = Axe.installed();
        Assumptions.assumeTrue(
                installed.isPresent(), "skipped: no console/node_modules/axe-core; run npm ci in console");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (BrowserContext ada = person("ada", scheme, 720, 450)) {
                Page page = open(ada);
                assertThat(installed.get().violations(page)).as("one by one").isEmpty();
                assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .isEqualTo(true);
                page.navigate(address + "/#/datasets/fabric/label?mode=grid");
                assertThat(page.getByTestId("grid").getByRole(AriaRole.BUTTON).first())
                        .isVisible();
                assertThat(installed.get().violations(page)).as("look-alikes").isEmpty();
            }
        }
    }

    /** Labels images one by one: each key waits for its image to be on the screen. */
    private static void label(Page page, int from, int to, String key) {
        for (int done = from; done < to; done++) {
            painted(page);
            page.keyboard().press(key);
            assertThat(page.getByTestId("pace")).hasText(Pattern.compile("^" + (done + 1) + " labelled now.*"));
        }
    }

    /** Labels until there are no images for this person. */
    private static void labelTheRest(Page page, String key) {
        Locator more = page.locator("[data-testid=bench][aria-busy=false]");
        Locator none = page.getByTestId("no-more");
        while (true) {
            assertThat(more.or(none).first()).isVisible();
            if (none.isVisible()) {
                return;
            }
            String pace = page.getByTestId("pace").innerText();
            page.keyboard().press(key);
            assertThat(page.getByTestId("pace")).not().hasText(pace);
        }
    }

    private static void painted(Page page) {
        assertThat(page.getByTestId("bench")).hasAttribute("aria-busy", "false");
    }

    private BrowserContext person(String name) {
        return person(name, ColorScheme.LIGHT, 1280, 800);
    }

    private BrowserContext person(String name, ColorScheme scheme, int width, int height) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, height));
        context.addInitScript(
                "if (location.protocol === 'http:') localStorage.setItem('fovea-annotator', '" + name + "')");
        context.onWebError(error -> faults.add(error.error()));
        context.onConsoleMessage(message -> {
            // that a killed server does not respond is no fault of the page
            if (message.type().equals("error") && !message.text().contains("net::ERR_")) {
                faults.add(message.text());
            }
        });
        return context;
    }

    private Page open(BrowserContext person) {
        Page page = person.newPage();
        page.navigate(address + "/#/datasets/fabric/label");
        painted(page);
        return page;
    }

    private Process serve(int port) throws IOException {
        Process child = Child.startTalking(
                "serve", "--port", String.valueOf(port), "--home", home.path().toString());
        BufferedReader output = Child.output(child);
        Child.await(output, "is ready at");
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
        return child;
    }

    /** As {@code kill -9} does. */
    private void kill() throws Exception {
        if (server != null && server.isAlive()) {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            assertThat(server.toHandle().destroyForcibly()).isTrue();
            server.toHandle().onExit().get(30, TimeUnit.SECONDS);
        }
    }

    /** A port that the restarted server can take again; the server also takes the next two. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void upload() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < IMAGES; i++) {
            body.writeBytes(text("--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"%d.jpg\"\r\n\r\n"
                    .formatted(BOUNDARY, i)));
            body.writeBytes(TestModels.image(FabricClass.values()[i % 3], i));
            body.writeBytes(text("\r\n"));
        }
        body.writeBytes(text("--" + BOUNDARY + "--\r\n"));
        JsonNode added = send(HttpRequest.newBuilder(URI.create(address + FABRIC + "/items"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
        assertThat(added.path("added").asInt()).as(added.toString()).isEqualTo(IMAGES);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(address + path)).GET());
    }

    private static JsonNode send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        return JSON.readTree(response.body());
    }
}
