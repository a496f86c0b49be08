package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.remote.guard.RemoteStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The configured services, by name; owns them. Immutable. */
public final class Remotes implements AutoCloseable {

    private final Map<String, ServedRemote> remotes;
    private final String configurationError;

    /** These services, whose names differ. */
    public Remotes(Collection<ServedRemote> remotes) {
        this(remotes, "");
    }

    /**
     * The same.
     *
     * @param configurationError why other configured services are missing; may be empty
     */
    public Remotes(Collection<ServedRemote> remotes, String configurationError) {
        this.configurationError = configurationError;
        this.remotes = remotes.stream()
                .collect(Collectors.toMap(ServedRemote::name, remote -> remote, (one, other) -> one, TreeMap::new));
    }

    /** A service; {@code MODEL_UNKNOWN} with those that are configured. */
    public ServedRemote find(String name) {
        ServedRemote remote = remotes.get(name);
        if (remote == null) {
            FoveaException unknown = unknown(name, remotes.keySet());
            throw configurationError.isEmpty()
                    ? unknown
                    : new FoveaException(
                            ErrorCode.MODEL_UNKNOWN,
                            "%s %s%nCorrect the file and start the server again."
                                    .formatted(unknown.getMessage(), configurationError));
        }
        return remote;
    }

    static FoveaException unknown(String name, Set<String> known) {
        return new FoveaException(
                ErrorCode.MODEL_UNKNOWN,
                "remotes.json has no service \"%s\"; %s"
                        .formatted(
                                name, known.isEmpty() ? "it has none." : "it has " + String.join(", ", known) + "."));
    }

    /** The status of each service, by name. */
    public List<RemoteStatus> status() {
        return remotes.values().stream().map(remote -> remote.model().status()).toList();
    }

    /** The labels that each service can return. */
    public Map<String, Set<String>> labels() {
        return remotes.values().stream().collect(Collectors.toMap(ServedRemote::name, ServedRemote::labels));
    }

    @Override
    public void close() {
        remotes.values().forEach(remote -> remote.model().close());
    }
}
