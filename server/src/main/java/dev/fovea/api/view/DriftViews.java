package dev.fovea.api.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fovea.monitoring.drift.AlarmOrigin;
import dev.fovea.monitoring.drift.Drift;
import dev.fovea.monitoring.drift.DriftReport;
import dev.fovea.monitoring.drift.DriftWords;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.drift.detector.DriftSettings;
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
     */
    @Schema(name = "VersionDrift")
    public record VersionDriftView(
            int version,
            String phase,
            String statement,
            DriftProgressView progress,
            double evidence,
            List<DriftTestView> tests,
            @JsonUnwrapped VersionFindings findings) {

        /**
         * What was found, and what would be.
         *
         * @param seenWithinDay the smallest changes that are seen within a day with a probability of 90 %
         * @param unlikeHeldOut how all traffic differs from the held-out images that the version was judged on;
         *     {@code before} is their value
         */
        public record VersionFindings(
                List<SeenChangeView> seenWithinDay,
                Optional<DriftAlarmView> alarm,
                List<DriftFindingView> unlikeHeldOut) {}
    }

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
            List<DriftFindingView> findings,
            DriftOriginView origin) {}

    /**
     * Where a change comes from.
     *
     * @param likelyCause in words
     * @param slices parts of the traffic that carry it
     * @param requestsBefore ids of requests of the same hours before the change
     * @param requestsAfter ids of requests since the change
     * @param nearestHeldOut held-out images that the changed ones are nearest to
     */
    @Schema(name = "DriftOrigin")
    public record DriftOriginView(
            Optional<String> likelyCause,
            List<DriftSliceView> slices,
            List<String> requestsBefore,
            List<String> requestsAfter,
            List<NearestHeldOutView> nearestHeldOut) {}

    /**
     * A part of the traffic that changed more than the rest.
     *
     * @param kind {@code label}, {@code client}, {@code camera}, {@code format} or {@code tag NAME}
     * @param shareBefore its share of the images before
     * @param finding the number whose change it carries
     * @param part of the change, 0 to 1
     */
    @Schema(name = "DriftSlice")
    public record DriftSliceView(
            String kind, String name, double shareBefore, double shareAfter, String finding, double part) {}

    /**
     * A held-out image.
     *
     * @param row its place in the version's reference
     * @param labels what it shows
     * @param distance between its embedding and the mean of the changed images
     */
    @Schema(name = "NearestHeldOut")
    public record NearestHeldOutView(int row, List<String> labels, double distance) {}

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
                replay.alarms().stream()
                        .map(alarm -> alarm(alarm, AlarmOrigin.UNKNOWN))
                        .toList());
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
                new VersionDriftView.VersionFindings(
                        report.seen().stream()
                                .map(seen -> new SeenChangeView(
                                        seen.name(), seen.unit(), seen.usual(), present(seen.smallest())))
                                .toList(),
                        report.alarm()
                                .map(alarm -> alarm(alarm, report.findings().origin())),
                        report.findings().unlikeHeldOut().stream()
                                .map(DriftViews::finding)
                                .toList()));
    }

    private static Optional<Double> present(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    private static DriftAlarmView alarm(DriftAlarm alarm, AlarmOrigin origin) {
        return new DriftAlarmView(
                alarm.raised().toString(),
                alarm.since().likely().toString(),
                alarm.since().earliest().toString(),
                alarm.since().latest().toString(),
                alarm.images(),
                alarm.tests().stream()
                        .map(test -> new DriftTestView(test.test(), test.share()))
                        .toList(),
                alarm.findings().stream().map(DriftViews::finding).toList(),
                new DriftOriginView(
                        DriftWords.likelyCause(alarm),
                        origin.slices().stream()
                                .map(slice -> new DriftSliceView(
                                        slice.kind(),
                                        slice.name(),
                                        slice.shareBefore(),
                                        slice.shareAfter(),
                                        slice.finding(),
                                        slice.part()))
                                .toList(),
                        origin.requestsBefore(),
                        origin.requestsAfter(),
                        origin.nearest().stream()
                                .map(near -> new NearestHeldOutView(near.row(), near.labels(), near.distance()))
                                .toList()));
    }

    private static DriftFindingView finding(DriftAlarm.Finding finding) {
        return new DriftFindingView(
                finding.name(), finding.unit(), finding.before(), finding.after(), finding.deviations());
    }
}
