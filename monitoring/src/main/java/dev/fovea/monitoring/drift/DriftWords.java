package dev.fovea.monitoring.drift;

import dev.fovea.monitoring.drift.detector.BlockBuilder;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.monitoring.drift.detector.Watching;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Drift in words. */
public final class DriftWords {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter ZONED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ROOT);
    private static final int NAMED = 3;

    private DriftWords() {}

    /** What a detector is doing, in a sentence or two. */
    public static String statement(
            Watching watching, DriftSettings settings, double blocksPerDay, double days, ZoneId zone) {
        return switch (watching) {
            case Watching.Learning learning -> learning(learning, settings, blocksPerDay);
            case Watching.NoChange _ ->
                "No change is seen. At most one false alarm in %s days, all tests together.%s"
                        .formatted(plain(settings.daysPerFalseAlarm()), unknownRhythm(settings, days));
            case Watching.Alarmed(DriftAlarm alarm, Instant _) -> alarm(alarm, zone);
        };
    }

    /** What accepted traffic was too short for. */
    private static String unknownRhythm(DriftSettings settings, double days) {
        double needed = settings.rhythm().daysToLearn();
        return days >= needed
                ? ""
                : " The %s rhythm is not known before %s days of traffic; until then it can alarm."
                        .formatted(settings.rhythm().name().toLowerCase(Locale.ROOT), plain(needed));
    }

    private static String learning(Watching.Learning learning, DriftSettings settings, double blocksPerDay) {
        double days = Math.max(
                learning.daysNeeded() - learning.days(),
                blocksPerDay > 0 ? (learning.blocksNeeded() - learning.blocks()) / blocksPerDay : 0);
        String need = switch (settings.rhythm()) {
            case NONE -> "";
            case DAILY -> " and the daily rhythm";
            case WEEKLY -> " and the daily and weekly rhythm";
        };
        String known = need.isEmpty() ? "is" : "are";
        String left = learning.blocks() == 0
                ? "%d blocks of at least %d images%s are needed"
                        .formatted(
                                learning.blocksNeeded(),
                                BlockBuilder.MIN_IMAGES,
                                learning.daysNeeded() > 0
                                        ? " over at least %s days".formatted(plain(learning.daysNeeded()))
                                        : "")
                : "about %s more days are needed at this traffic".formatted(plain(Math.ceil(Math.max(0, days))));
        return "Quiet traffic%s %s not known yet, so nothing alarms: %s. Accept earlier traffic if it was as it should be."
                .formatted(need, known, left);
    }

    /** An alarm: since when, and what changed. */
    public static String alarm(DriftAlarm alarm, ZoneId zone) {
        List<DriftAlarm.Finding> named = alarm.findings().stream().limit(NAMED).toList();
        String what = named.isEmpty()
                ? "No single measure stands out; the strongest test is %s"
                        .formatted(alarm.tests().getFirst().test())
                : String.join("; ", named.stream().map(DriftWords::finding).toList());
        return "The images have changed since %s (95 %% interval %s to %s): %s."
                .formatted(
                        ZONED.format(alarm.since().likely().atZone(zone)),
                        time(alarm.since().earliest(), zone),
                        time(alarm.since().latest(), zone),
                        what);
    }

    /** Where a change comes from: the likely cause, and the parts of the traffic that carry it; may be empty. */
    static String origin(DriftAlarm alarm, AlarmOrigin origin) {
        List<String> sentences = new ArrayList<>();
        likelyCause(alarm).ifPresent(cause -> sentences.add("Likely cause: %s.".formatted(cause)));
        origin.slices().stream().limit(NAMED).map(DriftWords::slice).forEach(sentences::add);
        return String.join(" ", sentences);
    }

    /** What most often lies behind such a change. */
    public static Optional<String> likelyCause(DriftAlarm alarm) {
        return LikelyCause.of(alarm.findings()).map(LikelyCause::words);
    }

    /** A part of the traffic that carries a change. */
    public static String slice(AlarmOrigin.CarryingSlice slice) {
        return String.format(
                Locale.ROOT,
                "%.0f %% of the change of %s comes from %s %s (%.0f %% of the images, %.0f %% before).",
                100 * slice.part(),
                slice.finding(),
                slice.kind(),
                slice.name(),
                100 * slice.shareAfter(),
                100 * slice.shareBefore());
    }

    /** How traffic differs from the held-out images; empty where it does not. */
    public static String unlikeHeldOut(List<DriftAlarm.Finding> differences) {
        if (differences.isEmpty()) {
            return "";
        }
        return "The images are not like those that the version was judged on: %s. Its accuracy there says little of these. Evaluate it on images of your traffic, or accept the traffic as it is."
                .formatted(differences.stream()
                        .limit(NAMED)
                        .map(DriftWords::finding)
                        .collect(Collectors.joining("; ")));
    }

    /** One change in plain units: {@code brightness 118 → 94 grey levels (20 % lower)}. */
    public static String finding(DriftAlarm.Finding finding) {
        double before = finding.before();
        double after = finding.after();
        String unit = finding.unit().isEmpty() ? "" : " " + finding.unit();
        String relative = Math.abs(before) > 1e-9
                ? String.format(
                        Locale.ROOT,
                        " (%.0f %% %s)",
                        100 * Math.abs(after / before - 1),
                        after > before ? "higher" : "lower")
                : "";
        return "%s %s → %s%s%s".formatted(finding.name(), plain(before), plain(after), unit, relative);
    }

    /** Three digits. */
    static String plain(double value) {
        double size = Math.abs(value);
        String format =
                size >= 100 || value == Math.rint(value) ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String time(Instant moment, ZoneId zone) {
        return TIME.format(moment.atZone(zone));
    }

    /** Days between two moments. */
    static double days(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 86_400_000.0;
    }
}
