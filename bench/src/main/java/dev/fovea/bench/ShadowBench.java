package dev.fovea.bench;

import dev.fovea.load.LoadPlan;
import dev.fovea.load.LoadReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The 99th percentile of production at 70 % load, with a version in shadow that sees all requests and without, in turn.
 * The server answers without a cache, so that each image is inferred and mirrored.
 */
final class ShadowBench {

    private static final String MODEL = "bench";
    private static final double SHARE = 0.7;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final int ROUNDS = 5;
    private static final int REQUESTS = 2_000;
    private static final double BAR = 1.1;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client;
    private final URI shadow;

    private ShadowBench(HttpClient client, int port) {
        this.client = client;
        this.shadow = URI.create("http://127.0.0.1:%d/v1/models/%s/shadow".formatted(port, MODEL));
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        try (TemporaryDirectory home = TemporaryDirectory.create();
                HttpClient client = HttpClient.newHttpClient()) {
            BenchSubject subject = BenchSubject.best(home.path());
            Launcher launcher = new Launcher(home.path(), Launcher.MEASURING);
            subject.importAs(MODEL, launcher);
            subject.importAs(MODEL, launcher);
            BenchReport.machine();
            try (Launcher.Server server = launcher.serve()) {
                rounds(new BenchTraffic(server, MODEL, subject.images()), new ShadowBench(client, server.port()));
            }
            BenchReport.machine();
        }
    }

    private static void rounds(BenchTraffic traffic, ShadowBench bench) throws Exception {
        traffic.peak(REQUESTS);
        double rate = SHARE * traffic.peak(REQUESTS);
        BenchSeries alone = new BenchSeries("production alone");
        BenchSeries beside = new BenchSeries("with a shadow");
        long compared = 0;
        long dropped = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            LoadPlan.Arrivals arrivals = new LoadPlan.Arrivals(rate, WARM_UP, MEASURED, round);
            alone.add(p99(traffic, arrivals));
            bench.send(HttpRequest.newBuilder(bench.shadow)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"version\": %d}".formatted(bench.candidate()))));
            beside.add(p99(traffic, arrivals));
            JsonNode results =
                    bench.send(HttpRequest.newBuilder(bench.shadow).DELETE()).get("results");
            compared += results.get("compared").asLong();
            dropped += results.get("dropped").asLong();
        }
        BenchReport.table("p99 at %.1f requests/s, Poisson arrivals".formatted(rate), "ms", alone, beside);
        BenchReport.say("the shadow compared %,d images and left out %,d".formatted(compared, dropped));
        BenchReport.maximum("p99 with a shadow against alone", beside.ratioTo(alone), BAR, "×");
    }

    /** The version that is not in production. */
    private int candidate() throws IOException, InterruptedException {
        JsonNode model =
                send(HttpRequest.newBuilder(shadow.resolve("../" + MODEL)).GET());
        return 3 - model.get("production").asInt();
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(response.body());
        }
        return JSON.readTree(response.body());
    }

    private static double p99(BenchTraffic traffic, LoadPlan.Arrivals arrivals) throws Exception {
        return traffic.at(arrivals, Optional.empty())
                .latencyMs()
                .map(LoadReport.LatencyMs::p99)
                .orElse(Double.NaN);
    }
}
