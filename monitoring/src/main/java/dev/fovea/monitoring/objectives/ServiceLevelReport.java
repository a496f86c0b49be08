package dev.fovea.monitoring.objectives;

import dev.fovea.monitoring.objectives.history.ServiceCounts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * What a model promised and kept in a month.
 *
 * @param verdict the answer in words
 * @param month in UTC
 * @param until the time of the report, or the end of the month
 * @param counts of all requests of the month
 * @param objectives each with its verdict
 * @param days those with requests
 */
public record ServiceLevelReport(
        String model,
        String verdict,
        YearMonth month,
        Instant until,
        ServiceCounts counts,
        Optional<Double> costPerThousand,
        List<ObjectiveStatus> objectives,
        List<ServiceDay> days) {

    public ServiceLevelReport {
        objectives = List.copyOf(objectives);
        days = List.copyOf(days);
    }

    /** A day in UTC. */
    public record ServiceDay(LocalDate date, ServiceCounts counts) {}
}
