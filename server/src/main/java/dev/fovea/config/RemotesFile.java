package dev.fovea.config;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.registry.ModelName;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.remote.guard.CostStore;
import dev.fovea.remote.guard.RemoteLimits;
import dev.fovea.remote.provider.ConfigurationCheck;
import dev.fovea.serving.routing.Remotes;
import dev.fovea.serving.routing.ServedRemote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * {@code remotes.json} in the home: the remote services, by name. Every error is {@code CONFIGURATION_INVALID}; those
 * of several services are reported together.
 */
public final class RemotesFile {

    static final String NAME = "remotes.json";

    private static final Map<String, Object> DEFAULTS = Map.of("limits", RemoteLimits.DEFAULT);

    private final Path path;
    private final List<String> errors = new ArrayList<>();

    private RemotesFile(Path path) {
        this.path = path;
    }

    /** What the home's file has; nothing where there is none. */
    public static List<RemoteEntry> read(Path home) {
        Path path = home.resolve(NAME);
        return Files.exists(path) ? new RemotesFile(path).entries() : List.of();
    }

    /**
     * Opens the valid services of a home; the caller closes them. The errors of the others are reported together, and a
     * request for one of them gets its error.
     */
    public static Remotes open(
            Path home,
            List<RegisteredModel> models,
            CostStore costs,
            Map<String, String> environment,
            Consumer<String> log) {
        RemotesFile file = new RemotesFile(home.resolve(NAME));
        Set<String> taken = models.stream().map(RegisteredModel::name).collect(Collectors.toSet());
        KeyRing keys = new KeyRing(environment);
        List<ServedRemote> opened = new ArrayList<>();
        for (RemoteEntry entry : file.readable()) {
            if (taken.contains(entry.name())) {
                file.errors.add("%s: a registered model has this name. Rename the service.".formatted(entry.name()));
            } else {
                file.gather(() -> entry.open(keys, costs)).ifPresent(opened::add);
            }
        }
        Optional<String> message = file.message();
        message.ifPresent(log);
        return new Remotes(opened, message.orElse(""));
    }

    private List<RemoteEntry> readable() {
        return Files.exists(path) ? gather(this::found).orElse(List.of()) : List.of();
    }

    private List<RemoteEntry> entries() {
        List<RemoteEntry> entries = found();
        message().ifPresent(message -> {
            throw new FoveaException(ErrorCode.CONFIGURATION_INVALID, message);
        });
        return entries;
    }

    private List<RemoteEntry> found() {
        JsonNode tree = tree();
        if (!tree.isObject()) {
            throw ConfigurationCheck.invalid(
                    "%s must be an object {…} with one field for each service.".formatted(path));
        }
        List<RemoteEntry> entries = new ArrayList<>();
        tree.properties()
                .forEach(field -> gather(() -> entry(ModelName.require(field.getKey()), field.getValue()))
                        .ifPresent(entries::add));
        return entries;
    }

    private static RemoteEntry entry(String name, JsonNode service) {
        Json json = Json.of(name, ErrorCode.CONFIGURATION_INVALID);
        return named(
                name,
                () -> json.bind(json.withDefaults(service, DEFAULTS), RemoteDocument.class)
                        .entry(name));
    }

    /** Puts the service's name before errors without it. */
    static <T> T named(String name, Supplier<T> work) {
        try {
            return work.get();
        } catch (FoveaException e) {
            throw e.getMessage().startsWith(name + ".") ? e : ConfigurationCheck.invalid(name + ": " + e.getMessage());
        }
    }

    private JsonNode tree() {
        try {
            return Json.of(path.toString(), ErrorCode.CONFIGURATION_INVALID).parse(Files.readString(path));
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "%s cannot be read. Check its permissions, and that it is UTF-8.".formatted(path),
                    e);
        }
    }

    private <T> Optional<T> gather(Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (FoveaException e) {
            errors.add(e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> message() {
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder message =
                new StringBuilder("%s has %d error%s:".formatted(path, errors.size(), errors.size() == 1 ? "" : "s"));
        for (int i = 0; i < errors.size(); i++) {
            message.append("%n  %d. %s".formatted(i + 1, errors.get(i)));
        }
        return Optional.of(message.toString());
    }
}
