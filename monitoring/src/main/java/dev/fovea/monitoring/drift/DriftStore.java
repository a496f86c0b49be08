package dev.fovea.monitoring.drift;

import dev.fovea.monitoring.drift.detector.Block;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.registry.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where drift detection survives a restart. Every failure of the medium is {@code STORAGE_FAILED}. */
public interface DriftStore {

    /** What the owner of a model stated; {@link DriftSettings#DEFAULT} without that. */
    DriftSettings settings(String model);

    /** Replaces the settings of a model. */
    void change(String model, DriftSettings settings);

    /** What the owner accepted last of a version. */
    Optional<Acceptance> acceptance(VersionId version);

    /** Accepts traffic of a version, in place of what was accepted before. */
    void accept(VersionId version, Acceptance acceptance);

    /** Adds blocks of a version; one that is there already stays as it is. */
    void append(VersionId version, List<Block> blocks);

    /** Blocks of a version that start at or after a moment, in the order of time. */
    List<Block> blocks(VersionId version, Instant from);

    /** Replaces the report of a version. */
    void report(DriftReport report);

    /** The last reports of a model's versions, by version. */
    List<DriftReport> reports(String model);
}
