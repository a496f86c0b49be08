package dev.fovea.cli.drift;

import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.statistics.drift.Rhythm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an owner states of a model's traffic. */
final class RhythmOption {

    @Option(
            names = "--rate",
            paramLabel = "DAYS",
            description = "At most one false alarm in so many days, all tests together; 90 at first.")
    private @Nullable Double rate;

    @Option(
            names = "--rhythm",
            paramLabel = "RHYTHM",
            description = "The longest rhythm that is no drift: ${COMPLETION-CANDIDATES}; weekly at first.")
    private @Nullable Rhythm rhythm;

    /** The settings with what was stated. */
    DriftSettings over(DriftSettings before) {
        return new DriftSettings(
                Optional.ofNullable(rate).orElse(before.daysPerFalseAlarm()),
                Optional.ofNullable(rhythm).orElse(before.rhythm()));
    }
}
