package dev.fovea.monitoring.drift;

import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.monitoring.sketch.Slices;
import dev.fovea.monitoring.sketch.TrafficSketch;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.reference.Reference;
import dev.fovea.traffic.reference.ReferenceRow;
import dev.fovea.traffic.truth.TrueLabels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds where a change comes from, in sketches of the traffic before and after it. */
final class OriginSearch {

    /** A slice carries a change with at least this part of it... */
    private static final double MOST = 0.6;

    /** ...when its part is so many times its share of the images. */
    private static final double CONCENTRATED = 1.5;

    private static final int MIN_IMAGES = 10;
    private static final int FINDINGS = 3;
    private static final int NEAREST = 5;

    private OriginSearch() {}

    /** @param before sketch of quiet traffic, of about the same hours */
    static AlarmOrigin of(DriftAlarm alarm, TrafficSketch before, TrafficSketch after, Optional<Reference> reference) {
        return new AlarmOrigin(
                slices(alarm.findings(), before, after),
                before.requests().ids(),
                after.requests().ids(),
                reference.map(known -> nearest(known, after)).orElse(List.of()));
    }

    private static List<AlarmOrigin.CarryingSlice> slices(
            List<DriftAlarm.Finding> findings, TrafficSketch before, TrafficSketch after) {
        List<AlarmOrigin.CarryingSlice> carrying = new ArrayList<>();
        List<Coordinate> coordinates = after.coordinates();
        for (DriftAlarm.Finding finding : findings.subList(0, Math.min(FINDINGS, findings.size()))) {
            IntStream.range(0, coordinates.size())
                    .filter(j -> coordinates.get(j).name().equals(finding.name()))
                    .findFirst()
                    .ifPresent(j -> carrying.addAll(slices(coordinates.get(j), j, before, after)));
        }
        // one line for each slice: that of the clearest number
        return List.copyOf(carrying.stream()
                .collect(Collectors.toMap(
                        slice -> slice.kind() + "\n" + slice.name(),
                        Function.identity(),
                        (first, later) -> first,
                        LinkedHashMap::new))
                .values()
                .stream()
                .sorted(Comparator.comparingDouble(AlarmOrigin.CarryingSlice::part)
                        .reversed())
                .toList());
    }

    private static List<AlarmOrigin.CarryingSlice> slices(
            Coordinate coordinate, int j, TrafficSketch before, TrafficSketch after) {
        double change = after.means()[j] - before.means()[j];
        List<AlarmOrigin.CarryingSlice> carrying = new ArrayList<>();
        if (before.images() == 0 || after.images() == 0 || Double.isNaN(change) || change == 0) {
            return carrying;
        }
        for (Slices.Slice now : after.slices().all()) {
            if (now.images() < MIN_IMAGES || Double.isNaN(now.means()[j]) || isItself(coordinate, now)) {
                continue;
            }
            Optional<Slices.Slice> then = before.slices().all().stream()
                    .filter(slice ->
                            slice.kind().equals(now.kind()) && slice.name().equals(now.name()))
                    .findFirst();
            double share = (double) now.images() / after.images();
            double usual = then.filter(slice -> slice.images() >= MIN_IMAGES && !Double.isNaN(slice.means()[j]))
                    .map(slice -> slice.means()[j])
                    .orElse(before.means()[j]); // new since then: compared with all
            double part = share * (now.means()[j] - usual) / change;
            if (part >= MOST && part >= CONCENTRATED * share) {
                carrying.add(new AlarmOrigin.CarryingSlice(
                        now.kind(),
                        now.name(),
                        then.map(slice -> (double) slice.images() / before.images())
                                .orElse(0.0),
                        share,
                        coordinate.name(),
                        Math.min(1, part)));
            }
        }
        return carrying;
    }

    /** The share of a label changes in the slice of that label by definition. */
    private static boolean isItself(Coordinate coordinate, Slices.Slice slice) {
        return slice.kind().equals("label") && coordinate.name().startsWith("label");
    }

    private static List<AlarmOrigin.NearestHeldOut> nearest(Reference reference, TrafficSketch after) {
        if (after.embedding().count() == 0) {
            return List.of();
        }
        double[] mean = after.embedding().mean();
        List<ReferenceRow> rows = reference.rows();
        return IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).observed().embedding().length > 0)
                .mapToObj(i -> new AlarmOrigin.NearestHeldOut(
                        i, labels(rows.get(i)), distance(rows.get(i).observed().embedding(), mean)))
                .sorted(Comparator.comparingDouble(AlarmOrigin.NearestHeldOut::distance))
                .limit(NEAREST)
                .toList();
    }

    private static List<String> labels(ReferenceRow row) {
        return row.truth()
                .map(TrueLabels::classes)
                .map(List::copyOf)
                .orElseGet(() ->
                        row.output().best().map(LoggedLabel::label).stream().toList());
    }

    private static double distance(float[] embedding, double[] mean) {
        double sum = 0;
        for (int k = 0; k < Math.min(embedding.length, mean.length); k++) {
            double difference = embedding[k] - mean[k];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
