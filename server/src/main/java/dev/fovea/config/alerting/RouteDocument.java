package dev.fovea.config.alerting;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.RouteRule;
import dev.fovea.alerts.Severity;
import dev.fovea.alerts.delivery.AlertRoute;
import dev.fovea.config.KeyRing;
import dev.fovea.remote.provider.ConfigurationCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One route of {@code alerts.json}, as it is written there. */
record RouteDocument(
        ChannelDocument channel,
        Optional<Severity> minSeverity,
        Optional<List<String>> models,
        Optional<List<AlertKind>> kinds,
        Optional<Duration> groupWait,
        Optional<Boolean> sendResolved) {

    private static final Duration GROUP_WAIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** What is told on the route. */
    RouteRule rule(String name) {
        Duration wait = groupWait.orElse(GROUP_WAIT);
        ConfigurationCheck.configured(
                wait.compareTo(LONGEST_WAIT) <= 0, "group_wait is %d s; it must be at most 1h.", wait.toSeconds());
        return new RouteRule(
                name,
                minSeverity.orElse(Severity.INFO),
                Set.copyOf(models.orElse(List.of())),
                Set.copyOf(kinds.orElse(List.of())),
                wait,
                sendResolved.orElse(true));
    }

    /** With its secrets. */
    AlertRoute route(RouteRule rule, KeyRing keys) {
        return new AlertRoute(rule, channel.type(), channel.channel(keys));
    }
}
