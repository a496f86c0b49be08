package dev.fovea.datasets.curation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fovea.datasets.catalog.ImageTreatment;
import dev.fovea.datasets.catalog.ImageTreatment.LocationState;
import dev.fovea.datasets.catalog.ItemStore;
import dev.fovea.fault.ErrorCode;
import dev.fovea.imaging.quality.QualityFlag;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What adding images came to. Images that are refused stop nothing: the others are added.
 *
 * @param counts what was added
 * @param newClasses classes that the annotations brought
 * @param refused images that were not added
 * @param treated what was done to images that are new in the home
 * @param flagged images that were added though their quality is out of bounds, in the order of the flags
 */
public record AddReport(
        @JsonProperty("images") ItemStore.Added counts,
        List<String> newClasses,
        List<RefusedImage> refused,
        TreatedImages treated,
        List<FlaggedImages> flagged) {

    /** Numbers of images whose position was erased, of blurred images, and of blurred regions in them. */
    public record TreatedImages(int locationsErased, int blurred, int regions) {

        static TreatedImages of(List<ImageTreatment> treatments) {
            List<ImageTreatment.Blurring> blurred = treatments.stream()
                    .map(ImageTreatment::blurring)
                    .flatMap(Optional::stream)
                    .filter(each -> !each.regions().isEmpty())
                    .toList();
            return new TreatedImages(
                    (int) treatments.stream()
                            .filter(each -> each.location() == LocationState.ERASED
                                    || each.location() == LocationState.ERASED_WHEN_READ)
                            .count(),
                    blurred.size(),
                    blurred.stream().mapToInt(each -> each.regions().size()).sum());
        }
    }

    /** An image that was not added, and why. Its source is its file where it has one. */
    public record RefusedImage(String source, ErrorCode code, String message) {}

    /**
     * Images with the same flaw.
     *
     * @param flag what is wrong with them: the label of a {@link QualityFlag}
     * @param images their number
     * @param examples where the first three came from
     */
    public record FlaggedImages(String flag, int images, List<String> examples) {
        public FlaggedImages {
            examples = List.copyOf(examples);
        }
    }

    /** The same with classes that the annotations brought. */
    AddReport with(List<String> classes) {
        return new AddReport(counts, classes, refused, treated, flagged);
    }

    /** The same with other names for what was not added. */
    public AddReport naming(UnaryOperator<String> names) {
        return new AddReport(
                counts,
                newClasses,
                refused.stream()
                        .map(each -> new RefusedImage(names.apply(each.source()), each.code(), each.message()))
                        .toList(),
                treated,
                flagged);
    }

    public AddReport {
        newClasses = List.copyOf(newClasses);
        refused = List.copyOf(refused);
        flagged = List.copyOf(flagged);
    }
}
