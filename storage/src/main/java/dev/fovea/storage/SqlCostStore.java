package dev.fovea.storage;

import dev.fovea.remote.CostStore;
import dev.fovea.remote.MonthlyCost;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.function.UnaryOperator;

/** Costs of services elsewhere in the database; a change is on the disk when it returns. */
final class SqlCostStore implements CostStore {

    private final Database database;

    SqlCostStore(Database database) {
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
                        row -> new MonthlyCost(month, row.getLong("calls"), row.getLong("micros")),
                        model,
                        month.toString())
                .orElse(MonthlyCost.none(month));
    }
}
