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
 * Reports damaged entries of a home; only the damaged entry is left out. Each is logged once, with its name, the effect
 * and the command that repairs it. Thread-safe.
 */
public final class Damage {

    private static final System.Logger LOG = System.getLogger("fovea.storage");

    /** A qualified name of a class, or a constant of one. */
    private static final Pattern JAVA = Pattern.compile("\\b[a-z]\\w*(\\.[a-z]\\w*)+\\.[A-Z]|JsonToken|Exception");

    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** Reads a stored text; any exception of the reader means damage. */
    @FunctionalInterface
    interface Reading<T> {
        @Nullable
        T read() throws SQLException;
    }

    /**
     * The value, or empty when it cannot be read.
     *
     * @param what name of the entry, beginning with a capital: {@code The tuning of bundle ab12}
     * @param remedy effect and repair, as a sentence
     */
    <T> Optional<T> read(String what, String remedy, Reading<T> reading) {
        try {
            @Nullable T value = reading.read();
            if (value == null) {
                report(what, "it is null", remedy);
            }
            return Optional.ofNullable(value);
        } catch (RuntimeException | SQLException e) {
            report(what, reason(e), remedy);
            return Optional.empty();
        }
    }

    /** The values of all readable rows. */
    <T> List<T> rows(ResultSet rows, Transaction.RowReader<String> what, String remedy, Transaction.RowReader<T> row)
            throws SQLException {
        List<T> values = new ArrayList<>();
        while (rows.next()) {
            read(what.of(rows), remedy, () -> row.of(rows)).ifPresent(values::add);
        }
        return List.copyOf(values);
    }

    /** Logs an entry once. */
    void report(String what, String why, String remedy) {
        if (reported.add(what)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    Printable.word("%s cannot be read (%s). %s".formatted(what, why, remedy)));
        }
    }

    /** Why a stored value cannot be read, as text without names of Java classes. */
    public static String reason(Exception e) {
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
