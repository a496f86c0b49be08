package dev.fovea.storage.sql;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.remote.guard.CostStore;
import dev.fovea.remote.guard.MonthlyCost;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.function.UnaryOperator;

/** Costs of remote services in the database; changes are durable on return. */
public final class SqlCostStore implements CostStore {

    /** Maximum costs of a month; sums of two fit into a long. */
    private static final long MOST = Long.MAX_VALUE / 4;

    private final Database database;

    public SqlCostStore(Database database) {
        this.database = database;
    }

    @Override
    public MonthlyCost load(String model, YearMonth month) {
        return database.read(transaction -> read(transaction, model, month));
    }

    @Override
    public MonthlyCost change(String model, YearMonth month, UnaryOperator<MonthlyCost> step) {
        return database.write(transaction -> {
            MonthlyCost cost = step.apply(read(transaction, model, month));
            transaction.update("""
                    INSERT INTO remote_cost (model, month, calls, micros) VALUES (?, ?, ?, ?)
                    ON CONFLICT (model, month) DO UPDATE SET calls = excluded.calls, micros = excluded.micros
                    """, model, month.toString(), cost.calls(), cost.micros());
            return cost;
        });
    }

    private static MonthlyCost read(Transaction transaction, String model, YearMonth month) throws SQLException {
        return transaction
                .first(
                        "SELECT calls, micros FROM remote_cost WHERE model = ? AND month = ?",
                        row -> new MonthlyCost(month, number(row, "calls", model), number(row, "micros", model)),
                        model,
                        month.toString())
                .orElse(MonthlyCost.none(month));
    }

    /** An unreadable cost must not count as 0: the service would exceed its budget. */
    private static long number(ResultSet row, String column, String model) throws SQLException {
        Object stored = row.getObject(column);
        if (stored instanceof Integer || stored instanceof Long) {
            long value = ((Number) stored).longValue();
            if (value >= 0 && value <= MOST) {
                return value;
            }
        }
        throw new FoveaException(
                ErrorCode.STORAGE_FAILED,
                "The costs of %s this month cannot be read: %s is \"%s\" in the table remote_cost of fovea.db. It is not called until the row is correct, or is deleted and its ceiling in remotes.json is what is left of the month's."
                        .formatted(model, column, row.getString(column)));
    }
}
