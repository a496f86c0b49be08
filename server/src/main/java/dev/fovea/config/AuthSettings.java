package dev.fovea.config;

import dev.fovea.config.binding.Checked;
import dev.fovea.config.binding.Key;
import java.util.List;
import java.util.stream.Stream;

/** Who may call. */
public record AuthSettings(
        @Key(
                text =
                        "API keys of 16 or more characters. A request must carry one of them; without keys, none is required.")
        List<String> apiKeys,

        @Key(
                value = "0",
                min = "0",
                max = "1000000",
                text =
                        "Max requests per second for each API key; one second's worth may come at once. More get 429. 0 sets no limit.")
        int rateLimit)
        implements Checked {

    private static final int MIN_LENGTH = 16;

    @Override
    public Stream<String> errors() {
        return apiKeys.stream()
                .filter(key -> key.length() < MIN_LENGTH)
                .map(key -> "auth.api-keys: a key of %d characters is too short; use %d or more"
                        .formatted(key.length(), MIN_LENGTH));
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "AuthSettings[%d keys, rateLimit=%d]".formatted(apiKeys.size(), rateLimit);
    }
}
