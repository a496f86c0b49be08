package dev.fovea.alerts.delivery;

import dev.fovea.alerts.RouteRule;
import dev.fovea.alerts.channel.Channel;

/**
 * Which alerts are told, and to whom.
 *
 * @param kind of the receiver, as the file calls it: {@code slack}
 */
public record AlertRoute(RouteRule rule, String kind, Channel channel) {

    /** Its name. */
    public String name() {
        return rule.route();
    }
}
