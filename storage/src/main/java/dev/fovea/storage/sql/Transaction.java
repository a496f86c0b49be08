package dev.fovea.storage.sql;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements within one transaction, {@code ?} for each parameter; an empty {@link Optional} is NULL. Plain JDBC: a
 * mapping library needs 0.35 s of processor time at the start, too much for a command.
 */
public final class Transaction {

    private final Connection connection;

    /** Reads the current row as a value. */
    @FunctionalInterface
    public interface RowReader<T> {
        T of(ResultSet row) throws SQLException;
    }

    private Transaction(Connection connection) {
        this.connection = connection;
    }

    /**
     * Runs work between {@code begin} and COMMIT; rolls back on any exception.
     *
     * @param begin statements that open the transaction
     */
    static <T> T run(Connection connection, String begin, Database.TransactionWork<T> work) throws SQLException {
        boolean open = false;
        try (Statement control = connection.createStatement()) {
            open = true; // some of it may have been carried out when it fails
            control.execute(begin);
            T result = work.with(new Transaction(connection));
            control.execute("COMMIT");
            open = false;
            return result;
        } finally {
            if (open) {
                rollBack(connection);
            }
        }
    }

    /** After some failures, as of a full disk, the database has rolled back already; then this fails. */
    private static void rollBack(Connection connection) {
        try (Statement control = connection.createStatement()) {
            control.execute("ROLLBACK");
        } catch (SQLException e) {
            System.getLogger(Transaction.class.getName())
                    .log(System.Logger.Level.DEBUG, "The transaction was rolled back already", e);
        }
    }

    /** Changes rows and returns their number. */
    public int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Changes rows with each list of parameters. */
    public void batch(String sql, List<List<@Nullable Object>> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (List<@Nullable Object> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    statement.setObject(i + 1, row.get(i));
                }
                statement.addBatch();
            }
            int[] changed = statement.executeBatch();
            if (changed.length != rows.size()) {
                throw new SQLException("%d of %d rows were written".formatted(changed.length, rows.size()));
            }
        }
    }

    /** All rows as values. */
    public <T> List<T> list(String sql, RowReader<T> row, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet result = statement.executeQuery()) {
            List<T> values = new ArrayList<>();
            while (result.next()) {
                values.add(row.of(result));
            }
            return List.copyOf(values);
        }
    }

    /** All readable rows as values; damaged ones are reported. */
    public <T> List<T> readable(
            Damage damage, RowReader<String> what, String remedy, String sql, RowReader<T> row, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet result = statement.executeQuery()) {
            return damage.rows(result, what, remedy, row);
        }
    }

    /** The first row as a value, if there is one. */
    public <T> Optional<T> first(String sql, RowReader<T> row, Object... parameters) throws SQLException {
        return list(sql, row, parameters).stream().findFirst();
    }

    /** The number that a statement returns. */
    public long number(String sql, Object... parameters) throws SQLException {
        return first(sql, row -> row.getLong(1), parameters)
                .orElseThrow(() -> new SQLException("no row where one was expected: " + sql));
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        boolean prepared = false;
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, value(parameters[i]));
            }
            prepared = true;
            return statement;
        } finally {
            if (!prepared) {
                statement.close();
            }
        }
    }

    private static @Nullable Object value(Object parameter) {
        @Nullable Object value = parameter instanceof Optional<?> optional ? optional.orElse(null) : parameter;
        if (value instanceof String text && text.indexOf('\0') >= 0) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The text \"%s\" has a NUL character, which cannot be stored. Remove it."
                            .formatted(Printable.word(text)));
        }
        return value;
    }
}
