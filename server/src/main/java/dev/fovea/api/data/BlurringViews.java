package dev.fovea.api.data;

import dev.fovea.datasets.catalog.ImageTreatment;
import dev.fovea.json.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What the API shows of regions that were made unrecognizable; field names become snake_case. */
public final class BlurringViews {

    private BlurringViews() {}

    /** What was made unrecognizable. */
    @Schema(name = "ImageBlurring")
    public record BlurringView(
            @Schema(description = "The version that found the regions, as faces:3")
            String model,

            @Schema(description = "blur, pixelate or fill") String method,

            List<RegionView> regions) {
        static BlurringView of(ImageTreatment.Blurring blurring) {
            return new BlurringView(
                    blurring.model(),
                    Json.word(blurring.method()),
                    blurring.regions().stream()
                            .map(region -> new RegionView(
                                    region.label(),
                                    region.score(),
                                    List.of(region.x(), region.y(), region.width(), region.height())))
                            .toList());
        }
    }

    /** A region that was made unrecognizable. */
    @Schema(name = "BlurredRegion")
    public record RegionView(
            @Schema(description = "The class that was found")
            String label,

            double score,

            @Schema(description = "x, y, width and height in pixels of the upright image")
            List<Double> box) {}
}
