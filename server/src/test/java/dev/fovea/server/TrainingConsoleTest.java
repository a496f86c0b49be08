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
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Trains a model in a real Chromium, and reads its run. */
class TrainingConsoleTest {

    private static final double ASSERTED_MS = 120_000;
    private static final int IMAGES = 12;
    private static final int EDGE = 48;
    private static final Map<String, Integer> COLORS = new TreeMap<>(Map.of("blue", 0x1010c0, "red", 0xc01010));

    @TempDir
    private static Path images;

    private static Chromium chromium;
    private static Browser browser;
    private static RunningServer server;

    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTED_MS);
        browser = chromium.browser();
        Random noise = new Random(1);
        for (Map.Entry<String, Integer> color : COLORS.entrySet()) {
            Path folder = Files.createDirectories(images.resolve(color.getKey()));
            for (int i = 0; i < IMAGES; i++) {
                ImageIO.write(
                        drawn(color.getValue(), noise),
                        "png",
                        folder.resolve(i + ".png").toFile());
            }
        }
        server = RunningServer.with(RunningServer::shirts, Map.of("datasets.roots", images.toString()));
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

    /** Coloured noise: even a network of random weights tells the colours apart. */
    private static BufferedImage drawn(int color, Random noise) {
        BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < EDGE * EDGE; i++) {
            image.setRGB(i % EDGE, i / EDGE, color ^ noise.nextInt(0x40) * 0x010101);
        }
        return image;
    }

    private BrowserContext visitor(ColorScheme scheme, int width) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 900));
        context.onWebError(error -> faults.add(error.error()));
        return context;
    }

    private static Page open(BrowserContext visitor, String address) {
        Page page = visitor.newPage();
        page.navigate(server.address() + "/#" + address);
        assertThat(form(page)).isVisible();
        return page;
    }

    private static Locator form(Page page) {
        return page.getByRole(AriaRole.FORM, new Page.GetByRoleOptions().setName("Train"));
    }

    @Test
    void shouldTrainAModelFromAnotherOneAndShowItsRun() throws Exception {
        try (BrowserContext ada = visitor(ColorScheme.LIGHT, 1280)) {
            Page page = open(ada, "/train");
            form(page).getByLabel("Model").fill("fabric");
            form(page)
                    .getByLabel("Images", new Locator.GetByLabelOptions().setExact(true))
                    .fill(images.toString());
            form(page).getByLabel("Network to start from").selectOption("shirts:1");
            form(page).getByText("More settings").click();
            form(page).getByLabel("Try an INT8 version afterwards").uncheck();
            form(page)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Train"))
                    .click();

            assertThat(page.getByTestId("runs")).containsText("done");
            assertThat(page.getByTestId("run")).containsText("Accuracy on test images");
            assertThat(page.getByTestId("run")).containsText("shirts:1, head");
        }
        JsonNode run = server.get("/v1/runs?model=fabric").json().path("runs").get(0);
        assertThat(run.path("subject").path("version").asInt()).isEqualTo(1);
        assertThat(run.path("params").path("backbone").asString()).isEqualTo("shirts:1");
        assertThat(faults).as("errors in the browser").isEmpty();
    }

    @Test
    void shouldViolateNoSeriousRuleOfAccessibility() throws Exception {
        Optional<Axe> installed = Axe.installed();
        Assumptions.assumeTrue(
                installed.isPresent(), "skipped: no console/node_modules/axe-core; run npm ci in console");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (BrowserContext ada = visitor(scheme, 390)) {
                Page page = open(ada, "/models/shirts/training");
                form(page).getByText("More settings").click();
                assertThat(installed.get().violations(page)).as(scheme.name()).isEmpty();
                assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .isEqualTo(true);
            }
        }
    }
}
