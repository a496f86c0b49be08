package dev.fovea.config;

import dev.fovea.config.binding.Checked;
import dev.fovea.config.binding.Key;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may call. */
public record AuthSettings(
        @Key(
                text =
                        "API keys of 16 or more characters, each as `KEY` or `NAME:KEY`. A request must carry one of them; without keys, none is required. With a name, labels and changes are recorded under it.")
        List<String> apiKeys,

        @Key(
                value = "0",
                min = "0",
                max = "1000000",
                text =
                        "Max requests per second for each API key; one second's worth may come at once. More get 429. 0 sets no limit.")
        int rateLimit)
        implements Checked {

    @Override
    public Stream<String> errors() {
        long different = keys().stream().map(NamedKey::key).distinct().count();
        return Stream.concat(
                keys().stream().map(NamedKey::error).flatMap(Optional::stream),
                different < apiKeys.size()
                        ? Stream.of("auth.api-keys: two entries have the same key. Give each name a key of its own")
                        : Stream.empty());
    }

    /** The keys with their names. */
    public List<NamedKey> keys() {
        return apiKeys.stream().map(NamedKey::parse).toList();
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "AuthSettings[%d keys, rateLimit=%d]".formatted(apiKeys.size(), rateLimit);
    }
}
