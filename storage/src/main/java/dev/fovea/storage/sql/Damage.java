package dev.fovea.storage.sql;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/**
 * What of the home cannot be read: it costs only what it describes. Each thing is logged once, with its name, what is
 * served in its place and the command that mends it. Safe for any threads.
 */
public final class Damage {

    private static final System.Logger LOG = System.getLogger("fovea.storage");

    /** A qualified name of a class, or a constant of one. */
    private static final Pattern JAVA = Pattern.compile("\\b[a-z]\\w*(\\.[a-z]\\w*)+\\.[A-Z]|JsonToken|Exception");

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
            report(what, reason(e), mend);
            return Optional.empty();
        }
    }

    /** The values of those rows that can be read. */
    <T> List<T> rows(ResultSet rows, Transaction.RowReader<String> what, String mend, Transaction.RowReader<T> row)
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
            LOG.log(
                    System.Logger.Level.WARNING,
                    Printable.word("%s cannot be read (%s). %s".formatted(what, why, mend)));
        }
    }

    /** Why a stored value cannot be read, in words: messages that name Java's own classes tell a user nothing. */
    static String reason(Exception e) {
        if (e instanceof JacksonException json) {
            TokenStreamLocation place = json.getLocation();
            return place == null || place.getLineNr() < 1
                    ? "it is not the JSON that belongs there"
                    : "it is not the JSON that belongs there, from line %d, column %d"
                            .formatted(place.getLineNr(), place.getColumnNr());
        }
        String message = e instanceof IllegalArgumentException || e instanceof FoveaException
                ? String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                : "";
        return message.isEmpty()
                        || message.equals("null")
                        || JAVA.matcher(message).find()
                ? "its content is damaged"
                : message.replaceFirst("\\.$", "");
    }
}
