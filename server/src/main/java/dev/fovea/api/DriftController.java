package dev.fovea.api;

import dev.fovea.api.view.DriftCourseViews;
import dev.fovea.api.view.DriftViews;
import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.monitoring.course.DriftCourse;
import dev.fovea.monitoring.drift.Acceptance;
import dev.fovea.monitoring.drift.Drift;
import dev.fovea.monitoring.drift.DriftReport;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.statistics.drift.Rhythm;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whether traffic has changed. */
@RestController
public final class DriftController {

    private static final String DRIFT = "/v1/models/{name}/drift";

    private static final int MAX_DAYS = 365;

    private final Drift drift;
    private final InstantSource clock;

    public DriftController(Drift drift, InstantSource clock) {
        this.drift = drift;
        this.clock = clock;
    }

    /** Which traffic is quiet. */
    @Schema(name = "DriftAcceptanceRequest")
    record AcceptanceOrder(
            @Nullable Integer version,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Double days) {}

    /** What an owner states; what is left out stays. */
    @Schema(name = "DriftSettingsRequest")
    record SettingsOrder(
            @Nullable Double daysPerFalseAlarm, @Nullable String rhythm) {}

    /** Other settings for stored traffic. */
    @Schema(name = "DriftReplayRequest")
    record ReplayOrder(
            @Nullable Integer version,
            @Nullable String from,
            @Nullable String until,
            @Nullable Double daysPerFalseAlarm,
            @Nullable String rhythm) {}

    @GetMapping(DRIFT)
    @Operation(
            operationId = "getDrift",
            summary = "Whether the traffic of a model's versions has changed",
            description =
                    "Blocks of traffic are compared with quiet ones. The rate of false alarms is that of the settings, all tests together.")
    DriftViews.DriftView drift(@PathVariable String name) {
        return DriftViews.of(drift.settings(name), drift.reports(name));
    }

    @GetMapping(DRIFT + "/course")
    @Operation(
            operationId = "getDriftCourse",
            summary = "How the measures, predictions and labels of a version's traffic went over time",
            description = "Each with the band that it lies in while traffic is quiet.")
    DriftCourseViews.DriftCourseView course(
            @PathVariable String name,
            @Parameter(description = "The version; without it the one in production")
                    @RequestParam(required = false)
                    @Nullable
                    Integer version,
            @Parameter(description = "How many days back, 1 to 365") @RequestParam(defaultValue = "30") int days) {
        if (days < 1 || days > MAX_DAYS) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "\"days\" is %d; it must be from 1 to %d.".formatted(days, MAX_DAYS));
        }
        Instant from = clock.instant().minus(Duration.ofDays(days));
        Drift.StoredBlocks stored = drift.stored(name, Optional.ofNullable(version), from);
        Optional<DriftAlarm> alarm = drift.reports(name).stream()
                .filter(report -> report.version().equals(stored.version()))
                .findFirst()
                .flatMap(DriftReport::alarm);
        return DriftCourseViews.of(DriftCourse.of(stored, alarm), alarm);
    }

    @PutMapping(DRIFT + "/settings")
    @Operation(
            operationId = "changeDriftSettings",
            summary = "State the rate of false alarms and the rhythm of a model's traffic")
    DriftViews.DriftSettingsView change(@PathVariable String name, @RequestBody SettingsOrder order) {
        DriftSettings settings = settings(drift.settings(name), order.daysPerFalseAlarm(), order.rhythm());
        drift.change(name, settings);
        return DriftViews.of(settings);
    }

    @PostMapping(DRIFT + "/accept")
    @Operation(
            operationId = "acceptTraffic",
            summary = "Accept the last days of a version's traffic as quiet; its alarm ends",
            description = "version is the one in production by default.")
    DriftViews.AcceptedTrafficView accept(
            @PathVariable String name, @RequestBody AcceptanceOrder order, HttpServletRequest http) {
        if (order.days() == null) {
            throw new FoveaException(ErrorCode.ARGUMENT_INVALID, "The field \"days\" is missing from the body.");
        }
        Acceptance accepted = drift.accept(
                name,
                Optional.ofNullable(order.version()),
                order.days(),
                Caller.of(http).author());
        return new DriftViews.AcceptedTrafficView(
                accepted.from().toString(), accepted.until().toString(), accepted.by());
    }

    @PostMapping(DRIFT + "/replay")
    @Operation(
            operationId = "replayDrift",
            summary = "What other settings would have said of stored traffic",
            description = "from and until are times such as 2026-11-30T12:00:00Z; without them all stored traffic.")
    DriftViews.ReplayView replay(@PathVariable String name, @RequestBody ReplayOrder order) {
        return DriftViews.of(drift.replay(
                name,
                Optional.ofNullable(order.version()),
                time("from", order.from(), Instant.EPOCH),
                time("until", order.until(), Instant.MAX),
                settings(drift.settings(name), order.daysPerFalseAlarm(), order.rhythm())));
    }

    private static DriftSettings settings(DriftSettings before, @Nullable Double days, @Nullable String rhythm) {
        return new DriftSettings(
                days == null ? before.daysPerFalseAlarm() : days, rhythm == null ? before.rhythm() : rhythm(rhythm));
    }

    private static Rhythm rhythm(String text) {
        for (Rhythm rhythm : Rhythm.values()) {
            if (rhythm.name().toLowerCase(Locale.ROOT).equals(text)) {
                return rhythm;
            }
        }
        throw new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "The rhythm \"%s\" is unknown. Give none, daily or weekly.".formatted(Printable.brief(text)));
    }

    private static Instant time(String field, @Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The field \"%s\" is \"%s\"; it must be a time such as 2026-11-30T12:00:00Z."
                            .formatted(field, Printable.brief(text)),
                    e);
        }
    }
}
