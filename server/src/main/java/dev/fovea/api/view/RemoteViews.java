package dev.fovea.api.view;

import dev.fovea.registry.ModelRef;
import dev.fovea.remote.guard.RemoteStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the API shows of services elsewhere. */
public final class RemoteViews {

    private RemoteViews() {}

    /** All configured services. */
    @Schema(name = "RemoteList")
    public record RemoteList(List<RemoteView> remotes) {}

    /**
     * One service.
     *
     * @param name in requests, as {@code remote:vision}
     * @param running number of calls in progress
     * @param unmapped labels without a mapping, with their counts since the server started
     */
    @Schema(name = "Remote")
    public record RemoteView(
            String name,

            @Schema(allowableValues = {"closed", "open", "half_open"})
            String circuit,

            int running,
            Month month,
            Map<String, Long> unmapped) {}

    /** A calendar month's cost, UTC. */
    @Schema(name = "RemoteMonth")
    record Month(String month, long calls, double cost, double ceiling, double pricePerCall, String currency) {}

    public static RemoteView of(RemoteStatus status) {
        return new RemoteView(
                ModelRef.REMOTE_PREFIX + status.name(),
                status.circuit().name().toLowerCase(Locale.ROOT),
                status.running(),
                new Month(
                        status.month().month().toString(),
                        status.month().calls(),
                        status.month().amount(),
                        status.budget().monthlyCeiling(),
                        status.budget().pricePerCall(),
                        status.budget().currency()),
                status.unmapped());
    }
}
