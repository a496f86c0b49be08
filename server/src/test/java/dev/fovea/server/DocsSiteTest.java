package dev.fovea.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The documentation that the program serves, over plain HTTP and in a real Chromium. */
class DocsSiteTest {

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(models -> {});
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldServePagesWithoutHtmlInTheirAddress() throws Exception {
        assertThat(get("/docs").statusCode()).isEqualTo(308);
        assertThat(get("/docs").headers().firstValue("Location")).contains("docs/");
        for (String page : List.of("/docs/", "/docs/how-to/", "/docs/reference/errors", "/docs/benchmarks")) {
            HttpResponse<String> response = get(page);
            assertThat(response.statusCode()).as(page).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .as(page)
                    .startsWith("text/html");
        }
        assertThat(get("/docs/examples/own-contract.json").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswerNotFoundForAPageThatDoesNotExist() throws Exception {
        assertThat(get("/docs/reference/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldHaveNoInlineScriptAndNoAddressElsewhere() throws Exception {
        String page = get("/docs/reference/errors").body();
        assertThat(page).doesNotContainPattern("<script(?![^>]*src=)").doesNotContain("/__DOCS__/");
        assertThat(page).doesNotContainPattern("(src|href)=\"https?:");
    }

    @Test
    void shouldNavigateAndSearchInABrowserAlsoUnderAPath() throws Exception {
        Chromium chromium = Chromium.start();
        HttpServer proxy = proxyUnder("/tools/fovea");
        try (chromium) {
            Browser browser = chromium.browser();
            readAndSearch(browser, server.address() + "/docs");
            readAndSearch(
                    browser,
                    "http://127.0.0.1:%d/tools/fovea/docs"
                            .formatted(proxy.getAddress().getPort()));
        } finally {
            proxy.stop(0);
        }
    }

    private static void readAndSearch(Browser browser, String docs) {
        List<String> faults = new ArrayList<>();
        try (Page page = browser.newPage()) {
            page.onPageError(faults::add);
            page.onConsoleMessage(message -> {
                if (List.of("error", "warning").contains(message.type())) {
                    faults.add(message.text());
                }
            });
            page.onResponse(response -> {
                if (response.status() >= 400) {
                    faults.add("%d at %s".formatted(response.status(), response.url()));
                }
            });
            page.onRequest(request -> {
                if (!request.url().startsWith(docs)) {
                    faults.add("a request to " + request.url());
                }
            });
            page.navigate(docs);
            Locator navigation =
                    page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main Navigation"));
            navigation
                    .getByText("Reference", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(page).hasURL(docs + "/reference/");
            page.keyboard().press("Control+k");
            page.getByRole(AriaRole.SEARCHBOX).fill("IMAGE_CORRUPT");
            page.getByRole(AriaRole.OPTION).first().click();
            assertThat(page).hasURL(docs + "/reference/errors#image_corrupt");
            page.reload();
            assertThat(page.getByRole(AriaRole.HEADING).getByText("IMAGE_CORRUPT"))
                    .isVisible();
        }
        assertThat(faults).as("errors of " + docs).isEmpty();
    }

    private static HttpServer proxyUnder(String prefix) throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext(prefix, exchange -> forward(exchange, prefix));
        proxy.start();
        return proxy;
    }

    private static void forward(HttpExchange exchange, String prefix) throws IOException {
        try (exchange) {
            HttpResponse<byte[]> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.address()
                                            + exchange.getRequestURI()
                                                    .toString()
                                                    .substring(prefix.length())))
                                    .build(),
                            BodyHandlers.ofByteArray());
            for (String name : List.of("Content-Type", "Content-Security-Policy", "Location")) {
                response.headers()
                        .firstValue(name)
                        .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
            }
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.address() + path))
                                .build(),
                        BodyHandlers.ofString());
    }
}
