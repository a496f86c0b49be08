package dev.fovea.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What of the home cannot be read: it costs only what it describes. Each thing is logged once, with its name, what is
 * served in its place and the command that mends it. Safe for any threads.
 */
final class Damage {

    private static final System.Logger LOG = System.getLogger("fovea.storage");

    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** Reads a stored text; whatever a damaged text does to a reader is damage. */
    @FunctionalInterface
    interface Reading<T> {
        @Nullable
        T read() throws SQLException;
    }

    /**
     * The value, or empty when it cannot be read.
     *
     * @param what names the thing, beginning with a capital: {@code The tuning of bundle ab12}
     * @param mend what is done without it, and how it is mended, as a sentence
     */
    <T> Optional<T> read(String what, String mend, Reading<T> reading) {
        try {
            @Nullable T value = reading.read();
            if (value == null) {
                report(what, "it is null", mend);
            }
            return Optional.ofNullable(value);
        } catch (RuntimeException | SQLException e) {
            report(what, firstLine(e), mend);
            return Optional.empty();
        }
    }

    /** The values of those rows that can be read. */
    <T> List<T> rows(ResultSet rows, Transaction.Row<String> what, String mend, Transaction.Row<T> row)
            throws SQLException {
        List<T> values = new ArrayList<>();
        while (rows.next()) {
            read(what.of(rows), mend, () -> row.of(rows)).ifPresent(values::add);
        }
        return List.copyOf(values);
    }

    /** Logs a thing once. */
    void report(String what, String why, String mend) {
        if (reported.add(what)) {
            LOG.log(System.Logger.Level.WARNING, "%s cannot be read (%s). %s".formatted(what, why, mend));
        }
    }

    private static String firstLine(Exception e) {
        String message = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
