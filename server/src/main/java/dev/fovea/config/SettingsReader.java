package dev.fovea.config;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.serving.cache.CacheSettings;
import dev.fovea.storage.RedisSettings;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configuration from, strongest first: the command line, the environment ({@code FOVEA_MAX_BATCH}),
 * {@code fovea.properties} in the home ({@code max-batch=8}). All errors are gathered and told together, each with its
 * key.
 */
public final class SettingsReader {

    private static final Logger LOG = LoggerFactory.getLogger("fovea");
    private static final Pattern SERVICE_LINK = Pattern.compile("(?:tcp|udp|sctp)://\\S+:\\d+");
    private static final int MAX_PORT = 65_535;

    private final Path home;
    private final Map<String, String> commandLine;
    private final Map<String, String> environment;
    private final Properties file;
    private final List<String> errors = new ArrayList<>();
    private final Set<String> known = new TreeSet<>();

    private SettingsReader(Path home, Map<String, String> commandLine, Map<String, String> environment) {
        this.home = home;
        this.commandLine = commandLine;
        this.environment = environment;
        this.file = load(home.resolve("fovea.properties"));
    }

    /** Reads and checks everything; {@code CONFIGURATION_INVALID} lists every error with its key. */
    public static ServerSettings read(Path home, Map<String, String> commandLine, Map<String, String> environment) {
        return new SettingsReader(home, commandLine, environment).read();
    }

    private ServerSettings read() {
        int cores = Runtime.getRuntime().availableProcessors();
        int port = number("port", 8080, 0, MAX_PORT);
        int management = number("management-port", port == 0 ? 0 : Math.min(port + 1, MAX_PORT), 0, MAX_PORT);
        SessionSettings session = new SessionSettings(
                number("threads", cores, 1, 256),
                flag("spin", false),
                Duration.ofSeconds(number("load-seconds", (int) SessionSettings.LOAD_LIMIT.toSeconds(), 1, 86_400)));
        BatchSettings.Bounds usual = BatchSettings.Bounds.DEFAULT;
        BatchSettings batch = new BatchSettings(
                number("max-batch", BatchSettings.DEFAULT.maxBatch(), 1, 1024),
                Duration.ofMillis(number("max-delay-ms", 0, 0, 10_000)),
                Duration.ofMillis(number("max-run-ms", millis(BatchSettings.DEFAULT.maxRun()), 1, 600_000)),
                number("instances", BatchSettings.DEFAULT.instances(), 1, 64),
                new BatchSettings.Bounds(
                        number("queue", usual.items(), 1, 1_000_000),
                        1_000_000L * number("queue-mb", (int) (usual.bytes() / 1_000_000), 1, 1_000_000),
                        Duration.ofMillis(number("queue-ms", millis(usual.longestWait()), 1, 600_000)),
                        Duration.ofMillis(number("hang-ms", millis(usual.hang()), 100, 3_600_000))));
        ImageLimits limits = new ImageLimits(
                number("max-image-bytes", (int) ImageLimits.DEFAULT.maxBytes(), 1, 1 << 30),
                number("max-image-pixels", (int) ImageLimits.DEFAULT.maxPixels(), 1, 1 << 30));
        ServerSettings settings = new ServerSettings(
                home,
                text("host").orElse("127.0.0.1"),
                port,
                management,
                number("grpc-port", port == 0 ? 0 : Math.min(port + 2, MAX_PORT), 0, MAX_PORT),
                list("api-keys"),
                folders("data-roots"),
                number("rate-limit", 0, 0, 1_000_000),
                new RuntimeSettings(session, batch, limits),
                new CacheSettings(
                        1_000_000L * number("cache-mb", 64, 0, 1_000_000),
                        Set.copyOf(list("cache-off")),
                        number("cache-near", 0, 0, 12)),
                redis(),
                Duration.ofSeconds(number("health-check-seconds", 5, 1, 3600)),
                number("max-connections", 1024, 1, 100_000),
                Duration.ofMillis(number("header-timeout-ms", 10_000, 100, 600_000)),
                number("max-request-mb", 64, 1, 1024) << 20,
                Duration.ofMillis(number("request-timeout-ms", 30_000, 1, 3_600_000)),
                Duration.ofMillis(number("upload-grace-ms", 10_000, 1, 3_600_000)),
                Duration.ofSeconds(number("tune-seconds", 20, 0, 3600)),
                Duration.ofMillis(number("stop-delay-ms", 0, 0, 600_000)),
                Duration.ofSeconds(number("drain-seconds", 30, 0, 3600)));
        check(settings);
        return settings;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }

    private void check(ServerSettings settings) {
        if (settings.port() != 0 && settings.port() == settings.managementPort()) {
            errors.add("management-port: %d is the API's port too; choose another".formatted(settings.port()));
        }
        if (settings.grpcPort() != 0
                && (settings.grpcPort() == settings.port() || settings.grpcPort() == settings.managementPort())) {
            errors.add(
                    "grpc-port: %d is another port of this server too; choose another".formatted(settings.grpcPort()));
        }
        Optional<InetAddress> address = address(settings.host());
        if (address.isPresent()
                && !address.get().isLoopbackAddress()
                && settings.apiKeys().isEmpty()) {
            errors.add(
                    "api-keys: none is set, and host %s can be reached from other machines. Set FOVEA_API_KEYS to one or more keys of 16 characters, or bind to 127.0.0.1"
                            .formatted(settings.host()));
        }
        settings.apiKeys().stream()
                .filter(key -> key.length() < 16)
                .forEach(key -> errors.add(
                        "api-keys: a key of %d characters is too short; use 16 or more".formatted(key.length())));
        for (Object key : file.keySet()) {
            if (!known.contains(key.toString())) {
                errors.add("%s: not known in %s; known are %s"
                        .formatted(key, home.resolve("fovea.properties"), String.join(", ", known)));
            }
        }
        if (!errors.isEmpty()) {
            StringBuilder message = new StringBuilder(
                    "The configuration has %d error%s:".formatted(errors.size(), errors.size() == 1 ? "" : "s"));
            for (int i = 0; i < errors.size(); i++) {
                message.append("%n  %d. %s".formatted(i + 1, errors.get(i)));
            }
            throw new FoveaException(ErrorCode.CONFIGURATION_INVALID, message.toString());
        }
    }

    private Optional<InetAddress> address(String host) {
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            errors.add("host: %s is no address of this machine".formatted(host));
            return Optional.empty();
        }
    }

    private List<String> list(String key) {
        return text(key).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private List<Path> folders(String key) {
        List<Path> folders = new ArrayList<>();
        for (String entry : list(key)) {
            try {
                Path folder = Path.of(entry).toAbsolutePath();
                if (Files.isDirectory(folder)) {
                    folders.add(folder);
                    continue;
                }
            } catch (InvalidPathException e) {
                // told below
            }
            errors.add("%s: %s is no folder of this machine".formatted(key, entry));
        }
        return folders;
    }

    private Optional<RedisSettings> redis() {
        Duration keep = Duration.ofSeconds(number("cache-redis-ttl-s", 86_400, 1, 31_536_000));
        Optional<String> text = text("cache-redis").filter(address -> !address.isBlank());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(RedisSettings.of(text.get().strip(), keep));
        } catch (IllegalArgumentException e) {
            errors.add("cache-redis: " + e.getMessage());
            return Optional.empty();
        }
    }

    private boolean flag(String key, boolean fallback) {
        Optional<String> text = text(key);
        if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
            errors.add("%s: \"%s\" is neither true nor false".formatted(key, text.get()));
        }
        return text.map(Boolean::parseBoolean).orElse(fallback);
    }

    private int number(String key, int fallback, int least, int most) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            int value = Integer.parseInt(text.get().strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, with the bounds
        }
        errors.add("%s: \"%s\" must be a whole number from %d to %d".formatted(key, text.get(), least, most));
        return fallback;
    }

    private Optional<String> text(String key) {
        known.add(key);
        String variable = "FOVEA_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
        return Optional.ofNullable(commandLine.get(key))
                .or(() -> environmentValue(variable))
                .or(() -> Optional.ofNullable(file.getProperty(key)));
    }

    /** Kubernetes gives each pod {@code NAME_PORT=tcp://10.96.0.7:80} for a Service of that name. */
    private Optional<String> environmentValue(String variable) {
        Optional<String> value = Optional.ofNullable(environment.get(variable));
        if (value.filter(SERVICE_LINK.asMatchPredicate()).isPresent()) {
            LOG.info(
                    "{}={} is a service link of Kubernetes and no setting; it is ignored. enableServiceLinks: false in the pod avoids it.",
                    variable,
                    value.get());
            return Optional.empty();
        }
        return value;
    }

    private static Properties load(Path path) {
        Properties properties = new Properties();
        if (Files.exists(path)) {
            try (Reader reader = Files.newBufferedReader(path)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new FoveaException(
                        ErrorCode.CONFIGURATION_INVALID, "%s cannot be read: %s".formatted(path, e.getMessage()), e);
            }
        }
        return properties;
    }
}
