package dev.fovea.datasets.similarity;

import dev.fovea.imaging.metadata.CaptureTime;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images that one camera took within seconds of each other: they show nearly the same, and belong into one split.
 * Cameras are told apart by make and model only; images without camera or time are in no burst. Pure.
 */
public final class CaptureBursts {

    /** Two seconds: a camera's clock has whole seconds, and series have two or more images a second. */
    public static final Duration DEFAULT_GAP = Duration.ofSeconds(2);

    private record Shot(int row, LocalDateTime time) {}

    /** Times with an offset are compared with each other only, as are those without. */
    private record Clock(String camera, boolean hasOffset) {}

    private CaptureBursts() {}

    /**
     * Groups of two or more rows, ordered by their first rows.
     *
     * @param maxGap maximum time from one image of a burst to the next; a burst may last longer
     */
    public static List<List<Integer>> groups(List<CurationRow> rows, Duration maxGap) {
        RowGroups groups = new RowGroups(rows.size());
        for (List<Shot> shots : byClock(rows).values()) {
            shots.sort(Comparator.comparing(Shot::time).thenComparing(Shot::row));
            for (int i = 1; i < shots.size(); i++) {
                Shot before = shots.get(i - 1);
                Shot shot = shots.get(i);
                if (Duration.between(before.time(), shot.time()).compareTo(maxGap) <= 0) {
                    groups.join(before.row(), shot.row());
                }
            }
        }
        return groups.groups();
    }

    private static Map<Clock, List<Shot>> byClock(List<CurationRow> rows) {
        Map<Clock, List<Shot>> shots = new LinkedHashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            Optional<String> camera = rows.get(row).camera();
            Optional<CaptureTime> time = rows.get(row).captured();
            if (camera.isPresent() && time.isPresent()) {
                Optional<ZoneOffset> offset = time.get().offset();
                LocalDateTime comparable = time.get()
                        .local()
                        .minusSeconds(offset.map(ZoneOffset::getTotalSeconds).orElse(0));
                shots.computeIfAbsent(new Clock(camera.get(), offset.isPresent()), clock -> new ArrayList<>())
                        .add(new Shot(row, comparable));
            }
        }
        return shots;
    }
}
