package dev.fovea.config.telemetry;

import dev.fovea.config.binding.Checked;
import dev.fovea.config.binding.Key;
import java.util.stream.Stream;

/** The log on the standard error. */
public record LogSettings(
        @Key(
                value = "text",
                text =
                        "`text` for people, or `json`: one JSON object per line. See [logs as JSON](../how-to/telemetry.md).")
        String format)
        implements Checked {

    /** Whether lines are JSON objects. */
    public boolean json() {
        return format.equals("json");
    }

    @Override
    public Stream<String> errors() {
        return format.equals("text") || json()
                ? Stream.empty()
                : Stream.of("log.format: \"%s\" is no format. Use text or json".formatted(format));
    }
}
