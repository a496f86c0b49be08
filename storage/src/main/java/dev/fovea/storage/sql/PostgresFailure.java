package dev.fovea.storage.sql;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Says what went wrong with PostgreSQL, and what helps.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL's error codes</a>
 */
final class PostgresFailure {

    private PostgresFailure() {}

    /**
     * {@code STORAGE_UNAVAILABLE} for a database that does not respond now, {@code CONFIGURATION_INVALID} for one that
     * never will with these settings, {@code STORAGE_FAILED} for the rest.
     *
     * @param doing what could not be done, beginning with a capital
     */
    static FoveaException of(String doing, PostgresSettings settings, SQLException failure) {
        SQLException cause = cause(failure);
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        String user = settings.user().orElseGet(() -> System.getProperty("user.name", ""));
        String place = settings.shown();
        return switch (state) {
            case "28P01", "28000" ->
                invalid(
                        cause,
                        "database.url: %s refuses the user %s: %s. Correct database.user and database.password (FOVEA_DATABASE_PASSWORD).",
                        place,
                        user,
                        said(cause));
            case "3D000" ->
                invalid(cause, "database.url: %s: %s. Create it: createdb -O %s NAME.", place, said(cause), user);
            case "42501" ->
                invalid(
                        cause,
                        "%s %s failed: %s. Give the user %s the rights to create and use tables there.",
                        doing,
                        place,
                        said(cause),
                        user);
            case "25006" -> readOnly(settings);
            case "53100" -> failed(cause, "%s %s failed: its disk is full. Free space there.", doing, place);
            case "55P03" ->
                unavailable(cause, "%s %s failed: another process has written for 30 s. Try again.", doing, place);
            default -> general(doing, place, state, cause);
        };
    }

    private static FoveaException general(String doing, String place, String state, SQLException cause) {
        boolean away = state.isEmpty() || state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
        return away
                ? unavailable(
                        cause,
                        "%s %s failed: %s. Models that are loaded go on serving. Start the database or correct database.url, and try again.",
                        doing,
                        place,
                        said(cause))
                : failed(
                        cause,
                        "%s %s failed: %s (SQL state %s). Look at the database's log, and try again.",
                        doing,
                        place,
                        said(cause),
                        state);
    }

    /** {@code STORAGE_UNAVAILABLE} of a standby, to which nothing can be written. */
    static FoveaException readOnly(PostgresSettings settings) {
        return new FoveaException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "The database %s is read-only, as a standby is. Set database.url to the primary, or wait for the failover."
                        .formatted(settings.shown()));
    }

    /** The pool wraps why it could not connect. */
    private static SQLException cause(SQLException failure) {
        return failure instanceof SQLTransientConnectionException && failure.getCause() instanceof SQLException cause
                ? cause
                : failure;
    }

    private static String said(SQLException cause) {
        @Nullable String message = cause.getMessage();
        return message == null
                ? "it gives no reason"
                : message.lines()
                        .findFirst()
                        .orElse("")
                        .replaceFirst("^(FATAL|ERROR): ", "")
                        .replaceFirst("\\.$", "");
    }

    @FormatMethod
    private static FoveaException invalid(SQLException cause, String message, Object... values) {
        return new FoveaException(ErrorCode.CONFIGURATION_INVALID, message.formatted(values), cause);
    }

    @FormatMethod
    private static FoveaException unavailable(SQLException cause, String message, Object... values) {
        return new FoveaException(ErrorCode.STORAGE_UNAVAILABLE, message.formatted(values), cause);
    }

    @FormatMethod
    private static FoveaException failed(SQLException cause, String message, Object... values) {
        return new FoveaException(ErrorCode.STORAGE_FAILED, message.formatted(values), cause);
    }
}
