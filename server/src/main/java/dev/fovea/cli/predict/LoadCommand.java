package dev.fovea.cli.predict;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fovea.cli.terminal.CliCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.load.ApiKey;
import dev.fovea.load.FoveaTarget;
import dev.fovea.load.Generator;
import dev.fovea.load.InferenceTarget;
import dev.fovea.load.LoadConnections;
import dev.fovea.load.LoadPlan;
import dev.fovea.load.LoadReport;
import dev.fovea.load.LoadTarget;
import dev.fovea.load.Rate;
import dev.fovea.load.StatedDuration;
import dev.fovea.pipeline.jobs.ImageFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea load}. */
@Command(
        name = "load",
        description = {
            "Sends requests to a running server at a stated rate and reports latency, throughput and errors.",
            "Arrivals are random (Poisson) and do not wait for earlier responses. Latency counts from the time that a request was due, so a stalled server cannot hide it. The requests count as traffic: a later 2x starts from the peak that they made.",
            "Exits 1 when the p99 limit is exceeded or no request succeeds."
        },
        footer = {
            "",
            "Example:  fovea load shirts --rate 2x --for 60s --p99 50ms",
            "          fovea load resnet --protocol oip --url http://host:8000 --rate 200/s"
        })
public final class LoadCommand extends CliCommand {

    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(500);

    @Parameters(paramLabel = "MODEL", description = "Name of the model on the server.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Option(
            names = "--rate",
            required = true,
            paramLabel = "RATE",
            description = "Requests per second, as in 200/s; or 2x: twice the server's peak rate over ten seconds.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String rate;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Duration, as in 500ms, 60s, 2m (default: ${DEFAULT-VALUE}).")
    private String measured = "60s";

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            description = "Warm-up time, not part of the figures (default: ${DEFAULT-VALUE}).")
    private String warmUp = "5s";

    @Option(names = "--url", paramLabel = "URL", description = "The server (default: ${DEFAULT-VALUE}).")
    private String url = "http://127.0.0.1:8080";

    @Option(
            names = "--protocol",
            paramLabel = "fovea|oip",
            description =
                    "Fovea's API, or the Open Inference Protocol of any server: images where an input takes bytes, else random tensors (default: fovea).")
    private LoadProtocol protocol = LoadProtocol.FOVEA;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Images to send in turn, at most 1,000 of them (default: drawn ones).")
    private @Nullable Path images;

    @Option(names = "--p99", paramLabel = "TIME", description = "Max latency at the 99th percentile.")
    private @Nullable String p99;

    @Option(names = "--timeout", paramLabel = "TIME", description = "Timeout of a request (default: ${DEFAULT-VALUE}).")
    private String timeout = "30s";

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description =
                    "Max concurrent requests; a request that is due beyond it is counted, not sent (default: ${DEFAULT-VALUE}).")
    private int inFlight = 500;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the arrival times (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--api-key", paramLabel = "KEY", description = "The server's API key (default: FOVEA_API_KEY).")
    private @Nullable String apiKey;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    /** The protocol of the requests. */
    enum LoadProtocol {
        FOVEA,
        OIP
    }

    /** What {@code --json} prints. */
    record Output(
            String url,
            String model,
            double requestsPerSecond,
            Optional<Double> peakRequestsPerSecond,
            @JsonUnwrapped LoadReport report) {}

    @Override
    public Integer call() throws InterruptedException {
        Rate stated = Rate.parse(rate);
        Duration before = StatedDuration.parse("--warm-up", warmUp);
        Duration length = StatedDuration.parse("--for", measured);
        LoadPlan.LoadLimits limits = new LoadPlan.LoadLimits(
                inFlight,
                StatedDuration.parse("--timeout", timeout),
                Optional.ofNullable(p99).map(text -> StatedDuration.parse("--p99", text)));
        try (LoadConnections connections = LoadConnections.to(url)) {
            LoadTarget target = target(connections);
            double perSecond = stated.perSecond(target.peak());
            LoadPlan.Arrivals arrivals = new LoadPlan.Arrivals(perSecond, before, length, seed);
            LoadReport report = run(new Generator(new LoadPlan(arrivals, limits), connections, target), perSecond);
            if (json) {
                terminal().json(new Output(url, model, perSecond, target.peak(), report));
            } else {
                terminal().say(LoadText.of(report, inFlight));
            }
            return report.succeeded() ? 0 : 1;
        }
    }

    private LoadTarget target(LoadConnections connections) {
        ApiKey key =
                new ApiKey(Optional.ofNullable(apiKey).or(() -> Optional.ofNullable(System.getenv("FOVEA_API_KEY"))));
        List<byte[]> files = images == null ? LoadImages.drawn() : ImageFiles.of(images);
        return switch (protocol) {
            case FOVEA -> FoveaTarget.of(connections, model, key, files);
            case OIP -> InferenceTarget.of(connections, model, key, files, seed);
        };
    }

    private LoadReport run(Generator generator, double perSecond) throws InterruptedException {
        Terminal terminal = terminal();
        terminal.note(String.format(
                Locale.ROOT, "Sending %.4g requests/s to %s at %s for %s", perSecond, model, url, measured));
        Thread watcher = Thread.ofVirtual().start(() -> watch(generator, terminal));
        try {
            return generator.run();
        } finally {
            watcher.interrupt();
            watcher.join();
        }
    }

    private static void watch(Generator generator, Terminal terminal) {
        try {
            while (true) {
                Thread.sleep(PROGRESS_INTERVAL);
                Generator.LoadProgress progress = generator.progress();
                terminal.progress(
                        progress.warmingUp() ? "warm-up" : "load",
                        progress.fraction(),
                        Optional.of(progress.remaining()),
                        progress.inFlight() + " in flight");
            }
        } catch (InterruptedException e) {
            // the load is over
        }
    }
}
