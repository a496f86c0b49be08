package dev.fovea.monitoring.drift.detector;

import dev.fovea.monitoring.sketch.Aspect;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.statistics.drift.ChangeTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What changed, from the blocks since the change. */
final class Explanation {

    /** Standard errors from which on a number counts as changed. */
    private static final double CLEAR = 3;

    private static final int TESTS = 5;

    private Explanation() {}

    static DriftAlarm of(List<Coordinate> coordinates, TestPanel panel, List<ScoredBlock> scored, ChangeTime time) {
        List<ScoredBlock> changed = scored.subList(time.first(), scored.size());
        List<DriftAlarm.Finding> findings = new ArrayList<>();
        for (int j = 0; j < coordinates.size(); j++) {
            Aspect aspect = coordinates.get(j).aspect();
            if (aspect.single()) {
                finding(coordinates.get(j), j, changed).ifPresent(findings::add);
            }
        }
        findings.sort(Comparator.comparingDouble((DriftAlarm.Finding finding) -> -Math.abs(finding.deviations())));
        double evidence = panel.evidence();
        List<DriftAlarm.TestShare> tests = IntStream.range(0, panel.tests().size())
                .mapToObj(t -> new DriftAlarm.TestShare(panel.tests().get(t).name(), panel.share(t) / evidence))
                .sorted(Comparator.comparingDouble(DriftAlarm.TestShare::share).reversed())
                .limit(TESTS)
                .toList();
        return new DriftAlarm(
                scored.getLast().block().end(),
                new DriftAlarm.Since(
                        changed.getFirst().block().start(),
                        scored.get(time.earliest()).block().start(),
                        scored.get(time.latest()).block().start()),
                changed.stream().mapToLong(one -> one.block().images()).sum(),
                changed.size(),
                tests,
                findings);
    }

    private static Optional<DriftAlarm.Finding> finding(Coordinate coordinate, int j, List<ScoredBlock> changed) {
        double errors = 0;
        double after = 0;
        double before = 0;
        double images = 0;
        int blocks = 0;
        for (ScoredBlock one : changed) {
            if (!Double.isNaN(one.errors()[j])) {
                errors += one.errors()[j];
                after += one.block().images() * one.block().means()[j];
                before += one.block().images() * one.expected()[j];
                images += one.block().images();
                blocks++;
            }
        }
        double deviations = blocks == 0 ? 0 : errors / Math.sqrt(blocks);
        if (Math.abs(deviations) < CLEAR) {
            return Optional.empty();
        }
        return Optional.of(new DriftAlarm.Finding(
                coordinate.name(),
                coordinate.unit(),
                coordinate.scale().plain(before / images),
                coordinate.scale().plain(after / images),
                deviations));
    }
}
