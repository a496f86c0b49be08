package dev.fovea.config;

import dev.fovea.config.binding.Checked;
import dev.fovea.config.binding.EnvironmentVariables;
import dev.fovea.config.binding.SettingKey;
import dev.fovea.config.binding.Suggestion;
import dev.fovea.config.telemetry.TelemetrySettings;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.storage.HomeSettings;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Reads {@link Settings} from, strongest first: the command line, the environment
 * ({@code FOVEA_BATCHING_MAX_BATCH_SIZE}), {@code fovea.properties} in the home ({@code batching.max-batch-size=8}).
 * All errors are reported together, each with its key.
 */
public final class SettingsReader {

    /** All keys, in the order of the reference page. */
    static final List<SettingKey> KEYS = SettingKey.in(Settings.class);

    private static final String FILE = "fovea.properties";
    private static final String PAGE = "docs/reference/configuration.md";

    private final Map<String, String> commandLine;
    private final EnvironmentVariables environment;
    private final Properties file;
    private final Map<String, String> computed = new HashMap<>();
    private final List<String> errors = new ArrayList<>();

    private SettingsReader(Path home, Map<String, String> commandLine, Map<String, String> environment) {
        this.commandLine = commandLine;
        this.environment = new EnvironmentVariables(KEYS, environment);
        this.file = load(home.resolve(FILE));
        computed.put(
                "inference.instances",
                Integer.toString(InstanceSettings.forThisMachine().instances()));
    }

    /** A value as it is written, and where. */
    private record RawValue(String text, String source) {}

    /**
     * Reads and checks everything; {@code CONFIGURATION_INVALID} lists every error with its key.
     *
     * @param commandLine values by key
     */
    public static Settings read(Path home, Map<String, String> commandLine, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(home, commandLine, environment);
        Settings settings = new Settings(
                home,
                reader.groups(NetworkSettings.class),
                reader.groups(ModelSettings.class),
                reader.groups(StorageSettings.class),
                reader.groups(TelemetrySettings.class));
        reader.refuseUnknown();
        reader.requireNoErrors();
        return settings;
    }

    /**
     * Where a command finds rows and files; other keys are not its business.
     *
     * @throws FoveaException {@code CONFIGURATION_INVALID}
     */
    public static HomeSettings readHome(Path home, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(home, Map.of(), environment);
        DatabaseSettings database = reader.group("database", DatabaseSettings.class);
        BlobSettings blobs = reader.group("blobs", BlobSettings.class);
        reader.requireNoErrors();
        return new HomeSettings(home, database.postgres(), blobs.s3());
    }

    private <T extends Record> T groups(Class<T> type) {
        return record(
                type,
                Arrays.stream(type.getRecordComponents())
                        .map(group -> (Object) group(group.getName(), group.getType()))
                        .toList());
    }

    private <T> T group(String name, Class<T> type) {
        return record(
                type,
                Arrays.stream(type.getRecordComponents())
                        .map(component -> value(SettingKey.of(name, component)))
                        .toList());
    }

    private <T> T record(Class<T> type, List<Object> values) {
        try {
            T made = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values.toArray());
            if (made instanceof Checked checked) {
                checked.errors().forEach(errors::add);
            }
            return made;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made of " + values, e);
        }
    }

    /** The value of a key, or its default where that is wrong. */
    private Object value(SettingKey key) {
        Object fallback =
                key.type().parse(computed.getOrDefault(key.name(), key.key().value()));
        Optional<RawValue> raw = raw(key);
        Object value = raw.map(text -> parse(key, text, fallback)).orElse(fallback);
        if (key.name().equals("server.port")) {
            int port = (int) value;
            computed.put("server.management-port", Integer.toString(port == 0 ? 0 : Math.min(port + 1, 65_535)));
            computed.put("server.grpc-port", Integer.toString(port == 0 ? 0 : Math.min(port + 2, 65_535)));
        }
        return value;
    }

    private Object parse(SettingKey key, RawValue raw, Object fallback) {
        try {
            Object value = key.type().parse(raw.text().strip());
            if (isWithin(key, value)) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // reported below, with the rule
        }
        errors.add("%s: \"%s\" (%s) %s"
                .formatted(key.name(), raw.text(), raw.source(), key.type().rule(key.key())));
        return fallback;
    }

    @SuppressWarnings("unchecked") // values of one type are compared
    private static boolean isWithin(SettingKey key, Object value) {
        if (key.key().min().isEmpty()) {
            return true;
        }
        Comparable<Object> comparable = (Comparable<Object>) value;
        return comparable.compareTo(key.type().parse(key.key().min())) >= 0
                && comparable.compareTo(key.type().parse(key.key().max())) <= 0;
    }

    private Optional<RawValue> raw(SettingKey key) {
        return Optional.ofNullable(commandLine.get(key.name()))
                .map(text -> new RawValue(text, "command line"))
                .or(() -> environment.value(key).map(text -> new RawValue(text, key.variable())))
                .or(() -> Optional.ofNullable(file.getProperty(key.name())).map(text -> new RawValue(text, FILE)));
    }

    private void refuseUnknown() {
        List<String> names = KEYS.stream().map(SettingKey::name).toList();
        TreeSet<String> present = new TreeSet<>(commandLine.keySet());
        present.addAll(file.stringPropertyNames());
        present.stream()
                .filter(key -> !names.contains(key))
                .forEach(key -> errors.add("%s: not a key (%s); did you mean %s? All keys are in %s"
                        .formatted(
                                key,
                                commandLine.containsKey(key) ? "command line" : FILE,
                                Suggestion.nearest(key, names),
                                PAGE)));
        errors.addAll(environment.unknown());
    }

    private void requireNoErrors() {
        if (!errors.isEmpty()) {
            StringBuilder message = new StringBuilder(
                    "The configuration has %d error%s:".formatted(errors.size(), errors.size() == 1 ? "" : "s"));
            for (int i = 0; i < errors.size(); i++) {
                message.append("%n  %d. %s".formatted(i + 1, errors.get(i)));
            }
            throw new FoveaException(ErrorCode.CONFIGURATION_INVALID, message.toString());
        }
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
