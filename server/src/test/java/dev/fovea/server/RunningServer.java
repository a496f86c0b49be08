package dev.fovea.server;

import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.config.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program's server on a free port with a home of its own, and an HTTP client for it. */
public final class RunningServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final TemporaryHome home;
    private FoveaServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningServer(TemporaryHome home, FoveaServer server) {
        this.home = home;
        this.server = server;
    }

    /** Starts on a home that is first filled. */
    public static RunningServer with(Consumer<TestModels> models) throws IOException {
        return with(models, Map.of());
    }

    /** The same with configuration beside the port. */
    public static RunningServer with(Consumer<TestModels> models, Map<String, String> configuration)
            throws IOException {
        return with(models, configuration, "");
    }

    /**
     * The same with a configuration that commands read, too.
     *
     * @param file lines of {@code fovea.properties}
     */
    public static RunningServer with(Consumer<TestModels> models, Map<String, String> configuration, String file)
            throws IOException {
        TemporaryHome home = new TemporaryHome();
        Files.writeString(home.path().resolve("fovea.properties"), file);
        try (Application application = Application.open(home.path())) {
            models.accept(new TestModels(application));
        }
        return new RunningServer(home, serve(home.path(), configuration));
    }

    public static FoveaServer serve(Path home, Map<String, String> configuration) {
        Map<String, String> given = new LinkedHashMap<>(configuration);
        given.put("server.port", "0");
        return FoveaServer.start(SettingsReader.read(home, given, Map.of()));
    }

    /** Versions 1 and 2 of {@code shirts}, the first in production. */
    public static void shirts(TestModels models) {
        models.promote(models.register("shirts", 1));
        models.register("shirts", 2);
    }

    /** An answer with its body, read as JSON when asked. */
    public record Reply(int status, String type, Map<String, String> headers, String body) {

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String code() {
            return json().path("code").asString();
        }
    }

    Path home() {
        return home.path();
    }

    public FoveaServer server() {
        return server;
    }

    public String address() {
        return server.address();
    }

    public Reply get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    public Reply management(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.managementPort() + path))
                .GET());
    }

    /** Posts JSON. */
    public Reply post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** Submits a job and reads its events to their end: the job's details then. */
    JsonNode job(String request) throws IOException, InterruptedException {
        return ended(submitted(request));
    }

    /** Submits a job and gives its path. */
    String submitted(String request) throws IOException, InterruptedException {
        Reply reply = post("/v1/jobs", request);
        if (reply.status() != 202) {
            throw new AssertionError(request + ": " + reply.body());
        }
        return "/v1/jobs/" + reply.json().get("id").asString();
    }

    /** The details of a job when it has ended. */
    JsonNode ended(String path) throws IOException, InterruptedException {
        Reply _ = get(path + "/events");
        return get(path).json();
    }

    /** Posts an image, without a content type. */
    public Reply predict(String model, byte[] image) throws IOException, InterruptedException {
        return send(request("/v1/models/" + model + "/predict").POST(BodyPublishers.ofByteArray(image)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path));
    }

    public Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        return new Reply(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                headers,
                response.body());
    }

    /** Stops the server and starts another one on the same home, with the default configuration. */
    void restart() {
        server.close();
        server = serve(home.path(), Map.of());
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        home.close();
    }
}
