package dev.fovea.alerts;

import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is to be told of an event, and on which routes. An end is told where the beginning was, also during a silence;
 * what still waits when an alert ends, or begins again, is not sent any more.
 *
 * @param routes those that are configured
 * @param silences those in force
 * @param full whether so much waits on a route that nothing more is taken
 * @param now when it happened
 */
record DeliveryPlan(List<RouteRule> routes, List<Silence> silences, Predicate<String> full, Instant now) {

    /** The deliveries that are new or changed. */
    List<Delivery> of(Alert alert, AlertEvent event, List<Delivery> known) {
        List<Delivery> changed = new ArrayList<>();
        for (RouteRule rule : routes) {
            List<Delivery> own = known.stream()
                    .filter(delivery -> delivery.route().equals(rule.route()))
                    .toList();
            if (rule.takes(alert.condition(), event) && isNews(alert.condition(), event, own)) {
                changed.add(delivery(alert, event, rule));
            }
            if (event != AlertEvent.ACKNOWLEDGED) {
                own.stream()
                        .filter(delivery -> delivery.state() == DeliveryState.WAITING)
                        .map(delivery -> delivery.to(DeliveryState.SUPERSEDED, now, "the alert was " + event.word()))
                        .forEach(changed::add);
            }
        }
        return changed;
    }

    /** The beginnings that a silence held back, which has ended by now. */
    List<Delivery> unsilenced(Alert alert, List<Delivery> known) {
        return routes.stream()
                .filter(rule -> rule.takes(alert.condition(), AlertEvent.RAISED))
                .filter(rule -> lastRaise(rule.route(), known)
                        .filter(delivery -> delivery.state() == DeliveryState.SILENCED)
                        .isPresent())
                .map(rule -> delivery(alert, AlertEvent.RAISED, rule))
                .filter(delivery -> delivery.state() != DeliveryState.SILENCED)
                .toList();
    }

    private static boolean isNews(Condition condition, AlertEvent event, List<Delivery> own) {
        return switch (event) {
            case RAISED -> true;
            case ACKNOWLEDGED -> wasTold(own);
            case RESOLVED -> !condition.kind().isEvent() && wasTold(own);
        };
    }

    private static boolean wasTold(List<Delivery> own) {
        return own.stream()
                .filter(delivery -> delivery.event() == AlertEvent.RAISED)
                .reduce((earlier, later) -> later)
                .filter(delivery -> switch (delivery.state()) {
                    case WAITING, DELIVERED -> true;
                    case FAILED, SILENCED, SUPERSEDED -> false;
                })
                .isPresent();
    }

    private static Optional<Delivery> lastRaise(String route, List<Delivery> known) {
        return known.stream()
                .filter(delivery -> delivery.route().equals(route) && delivery.event() == AlertEvent.RAISED)
                .reduce((earlier, later) -> later);
    }

    private Delivery delivery(Alert alert, AlertEvent event, RouteRule rule) {
        Delivery waiting = new Delivery(
                UlidCreator.getMonotonicUlid().toString(),
                alert.id(),
                rule.route(),
                event,
                now,
                DeliveryState.WAITING,
                now.plus(rule.groupWait()),
                "");
        Optional<Silence> silence = event == AlertEvent.RAISED
                ? silences.stream()
                        .filter(one -> one.covers(alert.condition(), now))
                        .findFirst()
                : Optional.empty();
        if (silence.isPresent()) {
            return waiting.to(
                    DeliveryState.SILENCED,
                    now,
                    "silence %s by %s: %s"
                            .formatted(
                                    silence.get().id(),
                                    silence.get().by(),
                                    silence.get().why()));
        }
        return full.test(rule.route())
                ? waiting.to(DeliveryState.FAILED, now, "too many deliveries wait on this route")
                : waiting;
    }
}
