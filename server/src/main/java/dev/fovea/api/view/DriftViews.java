package dev.fovea.api.view;

import dev.fovea.monitoring.drift.Drift;
import dev.fovea.monitoring.drift.DriftAlarm;
import dev.fovea.monitoring.drift.DriftReport;
import dev.fovea.monitoring.drift.DriftSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the API shows of drift. */
public final class DriftViews {

    private DriftViews() {}

    /**
     * The drift of a model.
     *
     * @param settings what the owner stated
     * @param versions those that had traffic
     */
    @Schema(name = "Drift")
    public record DriftView(DriftSettingsView settings, List<VersionDriftView> versions) {}

    /**
     * What an owner states.
     *
     * @param daysPerFalseAlarm at most one false alarm in so many days, all tests together
     * @param rhythm {@code none}, {@code daily} or {@code weekly}: the longest rhythm that is no drift
     */
    @Schema(name = "DriftSettings")
    public record DriftSettingsView(double daysPerFalseAlarm, String rhythm) {}

    /**
     * The drift of a version.
     *
     * @param phase {@code learning}, {@code watching} or {@code alarm}
     * @param statement that in words
     * @param evidence of a change, as a share of what raises an alarm
     * @param tests each test's part of the evidence, the largest first
     * @param seenWithinADay the smallest changes that are seen within a day with a probability of 90 %
     */
    @Schema(name = "VersionDrift")
    public record VersionDriftView(
            int version,
            String phase,
            String statement,
            DriftProgressView progress,
            double evidence,
            List<DriftTestView> tests,
            List<SeenChangeView> seenWithinADay,
            Optional<DriftAlarmView> alarm) {}

    /**
     * The traffic so far.
     *
     * @param updated when the report was made
     * @param waiting images that do not fill a block yet
     */
    @Schema(name = "DriftProgress")
    public record DriftProgressView(String updated, long blocks, long images, long waiting) {}

    /** A test and its part of the evidence. */
    @Schema(name = "DriftTest")
    public record DriftTestView(String test, double evidence) {}

    /**
     * The smallest change of a number that is seen.
     *
     * @param usual its usual value
     * @param smallest value above it that is seen; absent when none is
     */
    @Schema(name = "SeenChange")
    public record SeenChangeView(String name, String unit, double usual, Optional<Double> smallest) {}

    /**
     * An alarm.
     *
     * @param raised when it was found
     * @param since when the change most probably began
     * @param earliest lower end of the 95 % interval of {@code since}
     * @param latest upper end
     * @param images number of images from then to {@code raised}
     * @param findings what changed, the clearest first
     */
    @Schema(name = "DriftAlarm")
    public record DriftAlarmView(
            String raised,
            String since,
            String earliest,
            String latest,
            long images,
            List<DriftTestView> tests,
            List<DriftFindingView> findings) {}

    /**
     * A number of the images that changed.
     *
     * @param before what was expected at this time of the day and week
     * @param deviations standard errors between them
     */
    @Schema(name = "DriftFinding")
    public record DriftFindingView(String name, String unit, double before, double after, double deviations) {}

    /** Traffic that was accepted. */
    @Schema(name = "DriftAcceptance")
    public record AcceptedTrafficView(String from, String until, String by) {}

    /**
     * What other settings would have said.
     *
     * @param watchedFrom when learning was complete; absent where the traffic did not suffice
     */
    @Schema(name = "DriftReplay")
    public record ReplayView(
            int version, long blocks, long images, Optional<String> watchedFrom, List<DriftAlarmView> alarms) {}

    public static DriftView of(DriftSettings settings, List<DriftReport> reports) {
        return new DriftView(
                of(settings), reports.stream().map(DriftViews::version).toList());
    }

    public static DriftSettingsView of(DriftSettings settings) {
        return new DriftSettingsView(
                settings.daysPerFalseAlarm(), settings.rhythm().name().toLowerCase(Locale.ROOT));
    }

    public static ReplayView of(Drift.DriftReplay replay) {
        return new ReplayView(
                replay.version().version(),
                replay.blocks(),
                replay.images(),
                replay.watchedFrom().map(Instant::toString),
                replay.alarms().stream().map(DriftViews::alarm).toList());
    }

    private static VersionDriftView version(DriftReport report) {
        double threshold = report.evidence().threshold();
        return new VersionDriftView(
                report.version().version(),
                report.phase().name().toLowerCase(Locale.ROOT),
                report.statement(),
                new DriftProgressView(
                        report.progress().updated().toString(),
                        report.progress().blocks(),
                        report.progress().images(),
                        report.progress().waiting()),
                threshold == 0 ? 0 : report.evidence().days() / threshold,
                report.evidence().tests().stream()
                        .map(test -> new DriftTestView(test.test(), test.share() / threshold))
                        .sorted((a, b) -> Double.compare(b.evidence(), a.evidence()))
                        .toList(),
                report.seen().stream()
                        .map(seen ->
                                new SeenChangeView(seen.name(), seen.unit(), seen.usual(), present(seen.smallest())))
                        .toList(),
                report.alarm().map(DriftViews::alarm));
    }

    private static Optional<Double> present(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    private static DriftAlarmView alarm(DriftAlarm alarm) {
        return new DriftAlarmView(
                alarm.raised().toString(),
                alarm.since().likely().toString(),
                alarm.since().earliest().toString(),
                alarm.since().latest().toString(),
                alarm.images(),
                alarm.tests().stream()
                        .map(test -> new DriftTestView(test.test(), test.share()))
                        .toList(),
                alarm.findings().stream()
                        .map(finding -> new DriftFindingView(
                                finding.name(),
                                finding.unit(),
                                finding.before(),
                                finding.after(),
                                finding.deviations()))
                        .toList());
    }
}
