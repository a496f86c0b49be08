package dev.fovea.config;

import dev.fovea.fault.FoveaException;
import dev.fovea.labels.queue.Annotators;
import java.util.Optional;

/**
 * A configured API key: {@code KEY}, or {@code NAME:KEY} where it belongs to a person or a program.
 *
 * @param name whose it is; without surrounding space
 * @param key the secret
 */
public record NamedKey(Optional<String> name, String key) {

    private static final int MIN_LENGTH = 16;

    /** Reads an entry of {@code auth.api-keys}. A name ends at the first colon. */
    static NamedKey parse(String entry) {
        int colon = entry.indexOf(':');
        return colon < 0
                ? new NamedKey(Optional.empty(), entry)
                : new NamedKey(
                        Optional.of(entry.substring(0, colon).strip()),
                        entry.substring(colon + 1).strip());
    }

    /** Why it cannot be used, without the key. */
    Optional<String> error() {
        if (key.length() < MIN_LENGTH) {
            return Optional.of("auth.api-keys: a key of %d characters is too short; use %d or more"
                    .formatted(key.length(), MIN_LENGTH));
        }
        try {
            var _ = name.map(Annotators::requirePerson);
            return Optional.empty();
        } catch (FoveaException e) {
            return Optional.of(
                    "auth.api-keys: the name of a key, in NAME:KEY, must be able to label. " + e.getMessage());
        }
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "NamedKey[" + name.orElse("without a name") + "]";
    }
}
