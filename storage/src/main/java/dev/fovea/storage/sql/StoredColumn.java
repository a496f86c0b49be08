package dev.fovea.storage.sql;

import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns strictly, because SQLite allows any value in any column and its driver reads text as 0. What does not
 * belong there gives {@code STORAGE_FAILED}, with the table, the column and the remedy.
 */
public final class StoredColumn {

    /** The largest id, count or time: the last microsecond of the year 9999. */
    public static final long LARGEST = 253_402_300_799_999_999L;

    /** Reads a text as a value; any exception means damage. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(String text);
    }

    private StoredColumn() {}

    /** A whole number from 0. */
    public static long whole(ResultSet row, int column) throws SQLException {
        return whole(row, column, 0, LARGEST);
    }

    public static long whole(ResultSet row, String column) throws SQLException {
        return whole(row, row.findColumn(column));
    }

    /** A whole number from 0 that an {@code int} holds. */
    public static int small(ResultSet row, int column) throws SQLException {
        return (int) whole(row, column, 0, Integer.MAX_VALUE);
    }

    public static int small(ResultSet row, String column) throws SQLException {
        return small(row, row.findColumn(column));
    }

    public static long whole(ResultSet row, int column, long min, long max) throws SQLException {
        Object stored = row.getObject(column);
        if (stored instanceof Integer || stored instanceof Long || stored instanceof BigDecimal) {
            long value = ((Number) stored).longValue();
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw damaged(row, column, "a whole number from %d to %d".formatted(min, max));
    }

    public static Optional<Long> optionalWhole(ResultSet row, int column) throws SQLException {
        return row.getObject(column) == null ? Optional.empty() : Optional.of(whole(row, column));
    }

    public static Optional<Long> optionalWhole(ResultSet row, String column) throws SQLException {
        return optionalWhole(row, row.findColumn(column));
    }

    /** 0 or 1. */
    public static boolean flag(ResultSet row, String column) throws SQLException {
        return whole(row, row.findColumn(column), 0, 1) == 1;
    }

    /** A finite number. */
    public static double number(ResultSet row, String column) throws SQLException {
        return number(row, row.findColumn(column));
    }

    public static double number(ResultSet row, int column) throws SQLException {
        if (row.getObject(column) instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw damaged(row, column, "a number");
    }

    /** A text. NUL is never stored, so that it means damage. */
    public static String text(ResultSet row, int column) throws SQLException {
        if (row.getObject(column) instanceof String text && text.indexOf('\0') < 0) {
            return text;
        }
        throw damaged(row, column, "a text");
    }

    public static String text(ResultSet row, String column) throws SQLException {
        return text(row, row.findColumn(column));
    }

    public static Optional<String> optionalText(ResultSet row, int column) throws SQLException {
        return row.getObject(column) == null ? Optional.empty() : Optional.of(text(row, column));
    }

    public static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
        return optionalText(row, row.findColumn(column));
    }

    /** A text as what it stands for. */
    public static <T> T parsed(ResultSet row, int column, Parser<T> parser) throws SQLException {
        String text = text(row, column);
        try {
            return parser.parse(text);
        } catch (RuntimeException e) {
            throw damaged(row, column, "what belongs there (%s)".formatted(Damage.reason(e)));
        }
    }

    public static <T> T parsed(ResultSet row, String column, Parser<T> parser) throws SQLException {
        return parsed(row, row.findColumn(column), parser);
    }

    public static <T> Optional<T> optional(ResultSet row, String column, Parser<T> parser) throws SQLException {
        int index = row.findColumn(column);
        return row.getObject(index) == null ? Optional.empty() : Optional.of(parsed(row, index, parser));
    }

    public static byte[] bytes(ResultSet row, int column) throws SQLException {
        if (row.getObject(column) instanceof byte[] bytes) {
            return bytes;
        }
        throw damaged(row, column, "bytes");
    }

    public static ContentHash hash(ResultSet row, int column) throws SQLException {
        byte[] bytes = bytes(row, column);
        if (bytes.length != ContentHash.BYTES) {
            throw damaged(row, column, "a hash of %d bytes".formatted(ContentHash.BYTES));
        }
        return ContentHash.ofBytes(bytes);
    }

    public static ContentHash hash(ResultSet row, String column) throws SQLException {
        return hash(row, row.findColumn(column));
    }

    public static Optional<ContentHash> optionalHash(ResultSet row, int column) throws SQLException {
        return row.getObject(column) == null ? Optional.empty() : Optional.of(hash(row, column));
    }

    public static Optional<ContentHash> optionalHash(ResultSet row, String column) throws SQLException {
        return optionalHash(row, row.findColumn(column));
    }

    public static Instant instant(ResultSet row, int column) throws SQLException {
        return Instant.EPOCH.plus(whole(row, column), ChronoUnit.MICROS);
    }

    public static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        return optionalWhole(row, column).map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return instant(row, row.findColumn(column));
    }

    private static FoveaException damaged(ResultSet row, int column, String expected) throws SQLException {
        @Nullable Object stored = row.getObject(column);
        String found = stored == null
                ? "nothing"
                : stored instanceof byte[] bytes
                        ? "%d bytes".formatted(bytes.length)
                        : "\"%s\"".formatted(Printable.word(String.valueOf(stored)));
        return damaged(
                row.getMetaData().getTableName(column),
                "holds %s as %s, which must be %s"
                        .formatted(found, row.getMetaData().getColumnName(column), expected));
    }

    /** The error of a damaged table. */
    public static FoveaException damaged(String table, String fault) {
        return new FoveaException(ErrorCode.STORAGE_FAILED, sentence(table, fault));
    }

    /** What is wrong with a table, and the remedy. */
    public static String sentence(String table, String fault) {
        return "The table %s of the database %s. Restore the database from a back-up.".formatted(table, fault);
    }
}
