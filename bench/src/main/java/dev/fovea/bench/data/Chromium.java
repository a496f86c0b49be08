package dev.fovea.bench.data;

import dev.fovea.bench.TemporaryDirectory;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Chromium without a window and one page of it, driven by the DevTools protocol. */
final class Chromium implements AutoCloseable, WebSocket.Listener {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SECONDS = 120;

    private final Process process;
    private final TemporaryDirectory profile;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final StringBuilder partial = new StringBuilder();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final String session;

    private Chromium(Path program, TemporaryDirectory profile) throws Exception {
        this.profile = profile;
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--window-size=1440,900",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile.path())
                .redirectErrorStream(true)
                .start();
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(address(process)), this)
                .get(SECONDS, TimeUnit.SECONDS);
        String target = send("", "Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asString();
        session = send("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asString();
        send(session, "Page.enable", Map.of());
    }

    /** Empty where there is no Chromium on the path. */
    static Optional<Chromium> start() throws Exception {
        Optional<Path> program = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        return program.isEmpty()
                ? Optional.empty()
                : Optional.of(new Chromium(program.get(), TemporaryDirectory.create()));
    }

    private static String address(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("DevTools listening on ")) {
                Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
                return line.substring("DevTools listening on ".length());
            }
        }
        throw new IOException("Chromium ended without an address for DevTools");
    }

    /** Runs a script before anything of the next pages. */
    void beforePages(String script) throws Exception {
        send(session, "Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    void open(String address) throws Exception {
        send(session, "Page.navigate", Map.of("url", address));
    }

    /** The value of an expression in the page, once its promise is fulfilled. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode result = send(
                session,
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IOException("the page failed: " + result.get("exceptionDetails"));
        }
        return result.get("result").get("value");
    }

    private JsonNode send(String of, String method, Map<String, Object> parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> response = new CompletableFuture<>();
        waiting.put(id, response);
        Map<String, Object> message = of.isEmpty()
                ? Map.of("id", id, "method", method, "params", parameters)
                : Map.of("id", id, "method", method, "params", parameters, "sessionId", of);
        socket.sendText(JSON.writeValueAsString(message), true).get(SECONDS, TimeUnit.SECONDS);
        JsonNode received = response.get(SECONDS, TimeUnit.SECONDS);
        if (received.has("error")) {
            throw new IOException(method + ": " + received.get("error"));
        }
        return received.get("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            JsonNode message = JSON.readTree(partial.toString());
            partial.setLength(0);
            if (message.has("id")) {
                Optional.ofNullable(waiting.remove(message.get("id").asInt()))
                        .ifPresent(reply -> reply.complete(message));
            }
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        client.close();
        profile.close();
    }

    /** A list, for scripts that return one number per step. */
    static List<Double> numbers(JsonNode array) {
        return array.valueStream().map(JsonNode::asDouble).toList();
    }
}
