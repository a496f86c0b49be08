package dev.fovea.config.telemetry;

import dev.fovea.config.binding.Checked;
import dev.fovea.config.binding.Key;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.stream.Stream;

/** Where errors are reported. */
public record SentrySettings(
        @Key(
                text =
                        "DSN of a project of Sentry, or of a server that speaks its protocol (GlitchTip, Bugsink). Errors of the program are reported there. Without it nothing is reported. See [error reports](../how-to/telemetry.md).")
        Optional<String> dsn,

        @Key(value = "production", text = "The environment that reports name.")
        String environment)
        implements Checked {

    @Override
    public Stream<String> errors() {
        return dsn
                .filter(text -> !isDsn(text))
                .map(_ -> "sentry.dsn: the value is no DSN. It looks like https://KEY@HOST/PROJECT")
                .stream();
    }

    private static boolean isDsn(String text) {
        try {
            URI uri = new URI(text);
            String path = uri.getPath();
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() != null
                    && !uri.getUserInfo().isEmpty()
                    && path != null
                    && !path.substring(path.lastIndexOf('/') + 1).isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "SentrySettings[%s, %s]".formatted(dsn.map(_ -> "…"), environment);
    }
}
