package dev.fovea.storage.sql;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Error messages of PostgreSQL failures, with the remedy.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL's error codes</a>
 */
final class PostgresFailure {

    private PostgresFailure() {}

    /**
     * {@code STORAGE_UNAVAILABLE} for a database that is not available, {@code CONFIGURATION_INVALID} for wrong
     * settings, {@code STORAGE_FAILED} for the rest.
     *
     * @param doing the failed operation, beginning with a capital
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
                        message(cause));
            case "3D000" ->
                invalid(cause, "database.url: %s: %s. Create it: createdb -O %s NAME.", place, message(cause), user);
            case "42501" ->
                invalid(
                        cause,
                        "%s %s failed: %s. Grant the user %s the rights to create and use tables there.",
                        doing,
                        place,
                        message(cause),
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
                        "%s %s failed: %s. Loaded models continue to serve. Start the database or correct database.url, and try again.",
                        doing,
                        place,
                        message(cause))
                : failed(
                        cause,
                        "%s %s failed: %s (SQL state %s). Check the database's log, and try again.",
                        doing,
                        place,
                        message(cause),
                        state);
    }

    /** {@code STORAGE_UNAVAILABLE} of a read-only standby. */
    static FoveaException readOnly(PostgresSettings settings) {
        return new FoveaException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "The database %s is read-only, as a standby is. Set database.url to the primary, or wait for the failover."
                        .formatted(settings.shown()));
    }

    /** The pool wraps the cause of a failed connection. */
    private static SQLException cause(SQLException failure) {
        return failure instanceof SQLTransientConnectionException && failure.getCause() instanceof SQLException cause
                ? cause
                : failure;
    }

    private static String message(SQLException cause) {
        @Nullable String message = cause.getMessage();
        return message == null
                ? "no reason reported"
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
