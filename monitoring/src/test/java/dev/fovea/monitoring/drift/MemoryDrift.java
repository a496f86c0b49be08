package dev.fovea.monitoring.drift;

import dev.fovea.monitoring.drift.detector.Block;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.monitoring.sketch.SketchStore;
import dev.fovea.registry.VersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stores in memory. */
final class MemoryDrift implements SketchStore, DriftStore {

    final List<StoredSketch> sketches = new ArrayList<>();
    private final Map<String, DriftSettings> settings = new HashMap<>();
    private final Map<VersionId, Acceptance> accepted = new HashMap<>();
    private final Map<VersionId, List<Block>> blocks = new HashMap<>();
    private final Map<VersionId, DriftReport> reports = new HashMap<>();

    @Override
    public void save(String server, List<StoredSketch> added) {
        sketches.addAll(added);
    }

    @Override
    public List<StoredSketch> sketches(VersionId version, Instant from, Instant until) {
        return sketches.stream()
                .filter(one -> one.version().equals(version)
                        && !one.start().isBefore(from)
                        && one.start().isBefore(until))
                .sorted(Comparator.comparing(StoredSketch::start))
                .toList();
    }

    @Override
    public Set<VersionId> versions(Instant from) {
        Set<VersionId> versions = new LinkedHashSet<>();
        sketches.forEach(one -> versions.add(one.version()));
        return versions;
    }

    @Override
    public void rollUp(VersionId version, Instant from, Instant until, StoredSketch whole) {
        sketches.removeAll(sketches(version, from, until));
        sketches.add(whole);
    }

    @Override
    public void removeBefore(Instant moment) {
        sketches.removeIf(one -> one.start().isBefore(moment));
    }

    @Override
    public DriftSettings settings(String model) {
        return settings.getOrDefault(model, DriftSettings.DEFAULT);
    }

    @Override
    public void change(String model, DriftSettings stated) {
        settings.put(model, stated);
    }

    @Override
    public Optional<Acceptance> acceptance(VersionId version) {
        return Optional.ofNullable(accepted.get(version));
    }

    @Override
    public void accept(VersionId version, Acceptance acceptance) {
        accepted.put(version, acceptance);
    }

    @Override
    public void append(VersionId version, List<Block> added) {
        blocks.computeIfAbsent(version, absent -> new ArrayList<>()).addAll(added);
    }

    @Override
    public List<Block> blocks(VersionId version, Instant from) {
        return blocks.getOrDefault(version, List.of()).stream()
                .filter(block -> !block.start().isBefore(from))
                .toList();
    }

    @Override
    public void report(DriftReport report) {
        reports.put(report.version(), report);
    }

    @Override
    public List<DriftReport> reports(String model) {
        return List.copyOf(reports.values());
    }
}
