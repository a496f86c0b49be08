package dev.fovea.api.traffic;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.traffic.retention.KeepPolicy;
import dev.fovea.traffic.retention.KeptImage;
import dev.fovea.traffic.retention.Retention;
import dev.fovea.traffic.retention.RetentionStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which images of a model's traffic are kept. */
@RestController
public final class KeepController {

    private static final String KEEP = "/v1/models/{name}/traffic/keep";
    private static final int MAX_PAGE = 500;

    private final Retention retention;
    private final Supplier<RetentionStatus> status;

    /** @param status of this process */
    public KeepController(Retention retention, Supplier<RetentionStatus> status) {
        this.retention = retention;
        this.status = status;
    }

    @GetMapping(KEEP)
    @Operation(operationId = "getKeep", summary = "Which images of a model's traffic are kept, and how many there are")
    KeepViews.KeepView keep(@PathVariable String name) {
        return view(name, retention.policy(name));
    }

    @PutMapping(KEEP)
    @Operation(
            operationId = "setKeep",
            summary = "Keep images of a model's traffic in a data set",
            description =
                    "Images are chosen when the day (UTC) ends, and come into the data set as unlabelled ones. Requests with the header X-Fovea-Keep: never are left out. A policy that is there is replaced; its images of today are chosen at once.")
    KeepViews.KeepView set(@PathVariable String name, @RequestBody KeepViews.KeepOrder order) {
        return view(name, Optional.of(retention.set(order.policy(name))));
    }

    @DeleteMapping(KEEP)
    @Operation(
            operationId = "endKeep",
            summary = "Keep no more images of a model's traffic; those in data sets stay until they expire")
    KeepViews.KeepView end(@PathVariable String name) {
        boolean _ = retention.end(name);
        return view(name, Optional.empty());
    }

    @PostMapping(KEEP + "/close")
    @Operation(
            operationId = "closeKeep",
            summary = "Choose the images of today now, and bring them to the data set",
            description = "They count towards the numbers per day; the rest of the day keeps what is left.")
    KeepViews.ClosedView close(@PathVariable String name) {
        Retention.Moved moved = retention.finish(name);
        return new KeepViews.ClosedView(moved.kept(), moved.refused());
    }

    @GetMapping(KEEP + "/images")
    @Operation(
            operationId = "listKeptImages",
            summary = "Kept images with their requests, predictions and the reasons, the newest first")
    KeepViews.KeptPage images(
            @PathVariable String name,
            @Parameter(description = "Only those of this request; may be repeated")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> request,
            @Parameter(description = "Only responses from this day or time on")
                    @RequestParam(required = false)
                    @Nullable
                    String from,
            @Parameter(description = "Only responses before this time, or up to this day")
                    @RequestParam(required = false)
                    @Nullable
                    String to,
            @Parameter(description = "Images per page, 1 to 500") @RequestParam(defaultValue = "50") int limit,
            @Parameter(description = "Images to skip") @RequestParam(defaultValue = "0") int offset) {
        if (limit < 1 || limit > MAX_PAGE || offset < 0) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"limit\" is %d and \"offset\" is %d; they must be 1 to %d, and 0 or more."
                            .formatted(limit, offset, MAX_PAGE));
        }
        List<KeptImage> images = request == null
                ? retention.kept(name, first(from), last(to), limit, offset)
                : retention.ofRequests(name, request);
        return new KeepViews.KeptPage(
                images.stream().map(KeepViews.KeptView::of).toList());
    }

    private static Instant first(@Nullable String from) {
        Instant time = from == null ? Instant.EPOCH : TrafficQuery.time("from", from, false);
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    }

    private static Instant last(@Nullable String to) {
        Instant time = to == null ? Retention.FAR : TrafficQuery.time("to", to, true);
        return time.isAfter(Retention.FAR) ? Retention.FAR : time;
    }

    private KeepViews.KeepView view(String name, Optional<KeepPolicy> policy) {
        return KeepViews.of(policy, retention.totals(name), status.get().problem());
    }
}
