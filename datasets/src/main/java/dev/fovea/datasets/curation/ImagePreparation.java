package dev.fovea.datasets.curation;

import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImageTreatment;
import dev.fovea.datasets.catalog.ImageTreatment.BlurredRegion;
import dev.fovea.datasets.catalog.ImageTreatment.Blurring;
import dev.fovea.datasets.catalog.ImageTreatment.LocationState;
import dev.fovea.datasets.catalog.ItemStore;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.drawing.RegionBlur;
import dev.fovea.imaging.metadata.ImageTags;
import dev.fovea.imaging.metadata.LocationErasure;
import java.util.List;
import java.util.Optional;

/** What is stored of a file that comes in. A file without metadata costs nothing but its hash. Thread-safe. */
final class ImagePreparation {

    private final Dataset dataset;
    private final ItemStore items;
    private final AddOptions options;
    private final Decoder decoder;

    ImagePreparation(Dataset dataset, ItemStore items, AddOptions options, Decoder decoder) {
        this.dataset = dataset;
        this.items = items;
        this.options = options;
        this.decoder = decoder;
    }

    /** Bytes to store, their hash, and how they differ from the file. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Prepared(byte[] bytes, ContentHash hash, ImageTreatment treatment) {}

    /**
     * The image of a file that is to be blurred and is in the data set already. Blurring it again may give other bytes.
     *
     * @throws FoveaException {@code STATE_CONFLICT} when it is there without having been searched
     */
    Optional<StoredImage> present(byte[] file) {
        if (options.blurring().isEmpty()) {
            return Optional.empty();
        }
        ContentHash hash = ContentHash.of(file);
        Optional<StoredImage> present = Optional.ofNullable(
                        items.twins(dataset.id(), List.of(hash)).get(hash))
                .or(() -> items.find(dataset.id(), hash).map(DatasetItem::image));
        present.filter(image -> image.treatment().blurring().isEmpty()).ifPresent(image -> {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "The image is in the data set already, as %s, and was added without --blur. Remove it, then add it again: fovea data remove %s --image %s"
                            .formatted(image.hash(), dataset.name(), image.hash()));
        });
        return present;
    }

    /**
     * Prepares a file.
     *
     * @throws FoveaException {@code IMAGE_FORMAT_UNSUPPORTED} for a position that cannot be erased, and the errors of
     *     the {@link RegionFinder}
     */
    Prepared of(byte[] file, ImageTags tags) {
        ContentHash hash = ContentHash.of(file);
        Prepared located = located(file, hash, tags.locationPresent());
        return options.blurring()
                .map(blurring -> blurred(located, hash, blurring))
                .orElse(located);
    }

    private Prepared located(byte[] file, ContentHash hash, boolean present) {
        if (!present) {
            return new Prepared(file, hash, ImageTreatment.NONE);
        }
        if (options.location() == ImageTags.Location.KEEP) {
            return new Prepared(file, hash, new ImageTreatment(LocationState.KEPT, Optional.empty(), Optional.empty()));
        }
        byte[] erased = LocationErasure.erased(file);
        ContentHash other = ContentHash.of(erased);
        return options.inPlace()
                ? new Prepared(file, hash, treatment(LocationState.ERASED_WHEN_READ, other))
                : new Prepared(erased, other, treatment(LocationState.ERASED, hash));
    }

    private static ImageTreatment treatment(LocationState location, ContentHash twin) {
        return new ImageTreatment(location, Optional.empty(), Optional.of(twin));
    }

    /** A blurred copy has no metadata. */
    private Prepared blurred(Prepared located, ContentHash file, AddOptions.IntakeBlurring blurring) {
        List<BlurredRegion> regions = blurring.finder().find(located.bytes());
        Optional<Blurring> record = Optional.of(new Blurring(blurring.finder().model(), blurring.method(), regions));
        ImageTreatment before = located.treatment();
        List<Box> boxes = regions.stream().map(ImagePreparation::box).toList();
        return RegionBlur.of(located.bytes(), boxes, blurring.method(), decoder)
                .map(copy -> new Prepared(
                        copy.file(),
                        ContentHash.of(copy.file()),
                        new ImageTreatment(
                                before.location() == LocationState.ABSENT ? LocationState.ABSENT : LocationState.ERASED,
                                record,
                                Optional.of(file))))
                .orElseGet(() -> new Prepared(
                        located.bytes(), located.hash(), new ImageTreatment(before.location(), record, before.twin())));
    }

    /** A position that one data set wants erased is read by none; that an image was searched is recorded once. */
    static StoredImage strictest(StoredImage image, ImageTreatment treatment) {
        boolean erases = treatment.location() == LocationState.ERASED_WHEN_READ
                && image.treatment().location() == LocationState.KEPT;
        boolean searched =
                treatment.blurring().isPresent() && image.treatment().blurring().isEmpty();
        return erases || searched ? image.with(treatment) : image;
    }

    private static Box box(BlurredRegion region) {
        return new Box((float) region.x(), (float) region.y(), (float) (region.x() + region.width()), (float)
                (region.y() + region.height()));
    }
}
