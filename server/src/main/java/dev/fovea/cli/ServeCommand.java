package dev.fovea.cli;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.config.ProgramVersion;
import dev.fovea.config.SettingsReader;
import dev.fovea.server.ColdPages;
import dev.fovea.server.FoveaServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fovea serve}. */
@Command(
        name = "serve",
        description = {
            "Serves all registered models over HTTP, with the web console.",
            "The API is under /v1, the console at /, health and metrics on the management port. Ctrl-C or SIGTERM stops it after the requests in flight are completed."
        },
        footer = {
            "",
            "Example:  fovea serve --port 8080",
            "          curl --data-binary @shirt.jpg \\",
            "              http://127.0.0.1:8080/v1/models/shirts/predict"
        })
final class ServeCommand extends HomeCommand {

    /** How long after the start the memory that only it needed is returned to the system. */
    private static final Duration SMALL_RELEASE = Duration.ofSeconds(10);

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the API and the console (server.port; default: 8080).")
    private @Nullable String port;

    @Option(
            names = "--management-port",
            paramLabel = "N",
            description = "Port of health and metrics (server.management-port; default: server.port + 1).")
    private @Nullable String managementPort;

    @Option(
            names = "--grpc-port",
            paramLabel = "N",
            description = "Port of the Open Inference Protocol over gRPC (server.grpc-port; default: server.port + 2).")
    private @Nullable String grpcPort;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "Address to bind (server.host; default: 127.0.0.1). Others require API keys in FOVEA_AUTH_API_KEYS.")
    private @Nullable String host;

    @Option(
            names = "--small",
            description =
                    "Saves memory at the price of throughput: a small heap, a quick compiler only, and what only the start needed is returned to the system. The launcher ./fovea sets the options of Java.")
    private boolean small;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets any configuration key, such as batching.max-batch-size=16; may be repeated.")
    private Map<String, String> keys = new LinkedHashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        long start = System.nanoTime();
        FoveaServer server = FoveaServer.start(SettingsReader.read(home.path(), given(), System.getenv()));
        if (small) {
            ColdPages.releaseAfter(SMALL_RELEASE);
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Thread stop = new Thread(() -> stop(server, stopped), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        terminal()
                .say("Fovea %s is ready at %s (home %s, health and metrics on port %d, gRPC on port %d) after %.1f s"
                        .formatted(
                                ProgramVersion.current(),
                                server.address(),
                                home.path(),
                                server.managementPort(),
                                server.grpcPort(),
                                (System.nanoTime() - start) / 1e9));
        try {
            server.awaitManagementApi();
        } catch (RuntimeException e) {
            Runtime.getRuntime().removeShutdownHook(stop);
            server.close();
            throw e;
        }
        stopped.await();
        return 0;
    }

    /** A stop that was asked for and went well is no failure, whatever signal asked for it. */
    private static void stop(FoveaServer server, CountDownLatch stopped) {
        server.close();
        stopped.countDown();
        Runtime.getRuntime().halt(0);
    }

    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>(keys);
        put(given, "server.port", port);
        put(given, "server.management-port", managementPort);
        put(given, "server.grpc-port", grpcPort);
        put(given, "server.host", host);
        return given;
    }

    private static void put(Map<String, String> given, String key, @Nullable String value) {
        if (value != null) {
            given.put(key, value);
        }
    }
}
