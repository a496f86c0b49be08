package dev.fovea.datasets.curation;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.ParallelWork;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.ImagePlace;
import dev.fovea.datasets.catalog.ImageStore;
import dev.fovea.datasets.catalog.ImageTreatment;
import dev.fovea.datasets.catalog.ItemStore;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.NewItem;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.metadata.ImageTags;
import dev.fovea.imaging.quality.MeasuredImage;
import dev.fovea.imaging.quality.PerceptualHash;
import dev.fovea.imaging.quality.QualityFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Adds images to a data set: worker threads read, hash and decode; the caller's thread collects what they did in
 * batches, and a thread of its own stores one batch while the next is collected. A batch is stored wholly or not at
 * all; what was stored before a failure stays, and adding again goes on from there. One intake serves one call.
 */
final class ImageIntake {

    private static final int BATCH_BYTES = 8 << 20;
    private static final int BATCH_IMAGES = 4000;
    private static final ItemStore.Added NOTHING = new ItemStore.Added(0, 0, List.of());

    private final Dataset dataset;
    private final ItemStore items;
    private final ImageStore images;
    private final AddOptions options;
    private final ImageLimits limits;
    private final Decoder decoder;
    private final ImagePreparation preparation;
    private final List<AddReport.RefusedImage> refused = new ArrayList<>();
    private final List<ImageTreatment> treated = new ArrayList<>();
    private final QualityCounter quality = new QualityCounter();
    private List<Read> batch = new ArrayList<>();
    private ItemStore.Added added = NOTHING;
    private long batchBytes;

    ImageIntake(Dataset dataset, Datasets.DatasetStores stores, AddOptions options, ImageLimits limits) {
        this.dataset = dataset;
        this.items = stores.items();
        this.images = stores.images();
        this.options = options;
        this.limits = limits;
        this.decoder = new Decoder(limits);
        this.preparation = new ImagePreparation(dataset, items, options, decoder);
    }

    /** The outcome of one image. */
    private sealed interface Outcome {}

    private record Read(
            IncomingImage incoming,
            byte[] bytes,
            ContentHash hash,
            ImageSize size,
            ImageFormat format,
            Optional<PerceptualHash> perceptualHash,
            ImageTreatment treatment,
            List<QualityFlag> flags)
            implements Outcome {

        /** A file whose image is stored. */
        static Read of(IncomingImage incoming, StoredImage image) {
            return new Read(
                    incoming,
                    new byte[0],
                    image.hash(),
                    image.size(),
                    image.format(),
                    image.perceptualHash(),
                    image.treatment(),
                    List.of());
        }
    }

    private record Unusable(AddReport.RefusedImage refused) implements Outcome {}

    AddReport add(Stream<IncomingImage> incoming, int total, ParallelWork workers, IngestProgress progress) {
        try (BatchWriter<List<Read>, Stored> writer = new BatchWriter<>(this::store, this::count)) {
            workers.forEach(incoming, this::read, outcome -> take(outcome, writer), total, progress);
            writer.write(batch);
            writer.finish();
        }
        return new AddReport(added, List.of(), refused, AddReport.TreatedImages.of(treated), quality.counted());
    }

    /** On a worker. */
    private Outcome read(IncomingImage incoming) {
        try {
            byte[] bytes = bytes(incoming);
            incoming.label().ifPresent(dataset::requireFits);
            ImageTags exif = ImageTags.of(bytes, options.location());
            IncomingImage tagged = incoming.with(exif.values()).with(options.tags());
            Optional<StoredImage> present = preparation.present(bytes);
            if (present.isPresent()) {
                return Read.of(tagged, present.get());
            }
            ImagePreparation.Prepared prepared = preparation.of(bytes, exif);
            ImageFormat format = decoder.header(prepared.bytes()).format();
            try (Image image = decoder.decode(prepared.bytes())) {
                ImageSize size = ImageSize.of(image);
                incoming.label().ifPresent(label -> AnnotationCheck.requireInside(size, label));
                MeasuredImage measured = MeasuredImage.of(image);
                return new Read(
                        tagged,
                        prepared.bytes(),
                        prepared.hash(),
                        size,
                        format,
                        measured.hash(),
                        prepared.treatment(),
                        measured.flags());
            }
        } catch (FoveaException e) {
            return new Unusable(new AddReport.RefusedImage(place(incoming), e.code(), e.getMessage()));
        } catch (IOException e) {
            return new Unusable(new AddReport.RefusedImage(
                    place(incoming),
                    ErrorCode.STORAGE_FAILED,
                    "The file cannot be read. Check that it exists, and its permissions."));
        }
    }

    /** The file of an image, so that it can be found; what it is called where it is none. */
    private static String place(IncomingImage incoming) {
        return incoming.file().map(Path::toString).orElse(incoming.source());
    }

    private byte[] bytes(IncomingImage incoming) throws IOException {
        if (incoming.file().isPresent() && Files.size(incoming.file().get()) > limits.maxBytes()) {
            throw new FoveaException(
                    ErrorCode.IMAGE_FILE_TOO_LARGE,
                    "The file has %,d bytes; the limit is %,d. Use a smaller file or raise the limit."
                            .formatted(Files.size(incoming.file().get()), limits.maxBytes()));
        }
        return incoming.bytes().read();
    }

    /** On the caller's thread, in the order of the images. */
    private void take(Outcome outcome, BatchWriter<List<Read>, Stored> writer) {
        switch (outcome) {
            case Unusable(AddReport.RefusedImage reason) -> refused.add(reason);
            case Read read -> {
                batch.add(read);
                batchBytes += read.bytes().length;
                if (batchBytes > BATCH_BYTES || batch.size() == BATCH_IMAGES) {
                    writer.write(batch);
                    batch = new ArrayList<>();
                    batchBytes = 0;
                }
            }
        }
    }

    /** What became of a batch. */
    private record Stored(
            ItemStore.Added added, List<Read> fresh, List<Read> kept, List<AddReport.RefusedImage> refused) {}

    /** On the caller's thread, in the order of the batches. */
    private void count(Stored stored) {
        added = added.plus(stored.added());
        refused.addAll(stored.refused());
        stored.fresh().forEach(read -> treated.add(read.treatment()));
        stored.kept().forEach(read -> quality.add(read.incoming().source(), read.flags()));
    }

    /** On the writer's thread. */
    private Stored store(List<Read> batch) {
        Set<ContentHash> hashes = new HashSet<>();
        batch.forEach(read -> hashes.add(read.hash()));
        Set<ContentHash> forms = new HashSet<>(hashes);
        batch.forEach(read -> read.treatment().twin().ifPresent(forms::add));
        Set<ContentHash> forgotten = new HashSet<>(items.forgotten(forms));
        Map<ContentHash, StoredImage> stored = new HashMap<>(items.stored(hashes));
        Map<ContentHash, StoredImage> present = otherForms(hashes, forms);
        List<Read> fresh = new ArrayList<>();
        for (Read read : batch) {
            Optional<ContentHash> twin = read.treatment().twin();
            Optional<StoredImage> other = Optional.ofNullable(present.get(read.hash()))
                    .or(() -> twin.flatMap(hash -> Optional.ofNullable(present.get(hash))));
            if (twin.filter(forgotten::contains).isPresent()) {
                forgotten.add(read.hash());
            } else if (other.isPresent()) {
                stored.put(read.hash(), other.get());
            }
            if (!forgotten.contains(read.hash()) && !stored.containsKey(read.hash())) {
                fresh.add(read);
                stored.put(read.hash(), image(read, new ImagePlace.Packed("", 0)));
            }
        }
        List<ImagePlace> places = places(fresh);
        for (int i = 0; i < fresh.size(); i++) {
            stored.put(fresh.get(i).hash(), image(fresh.get(i), places.get(i)));
        }
        List<NewItem> all = new ArrayList<>();
        List<Read> kept = new ArrayList<>();
        List<AddReport.RefusedImage> unwanted = new ArrayList<>();
        for (Read read : batch) {
            StoredImage image = stored.get(read.hash());
            if (forgotten.contains(read.hash()) || image == null) {
                unwanted.add(new AddReport.RefusedImage(
                        place(read.incoming()),
                        ErrorCode.STATE_CONFLICT,
                        "The image was forgotten on request and may not come back: its hash is %s."
                                .formatted(read.hash())));
            } else {
                kept.add(read);
                all.add(item(read.incoming(), ImagePreparation.strictest(image, read.treatment())));
            }
        }
        return new Stored(all.isEmpty() ? NOTHING : items.add(dataset.id(), all), fresh, kept, unwanted);
    }

    /** Images of the data set that are one of these in another form, by the hashes of both forms. */
    private Map<ContentHash, StoredImage> otherForms(Set<ContentHash> hashes, Set<ContentHash> forms) {
        Map<ContentHash, StoredImage> present = new HashMap<>(items.twins(dataset.id(), forms));
        Set<ContentHash> twins = new HashSet<>(forms);
        twins.removeAll(hashes);
        items.find(dataset.id(), twins).forEach(item -> present.put(item.image().hash(), item.image()));
        return present;
    }

    private List<ImagePlace> places(List<Read> fresh) {
        if (options.inPlace()) {
            return fresh.stream().map(ImageIntake::file).toList();
        }
        return List.copyOf(images.put(fresh.stream().map(Read::bytes).toList()));
    }

    private static ImagePlace file(Read read) {
        Path file = read.incoming()
                .file()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "%s is not a file of its own and cannot stay in place. Leave out --in-place."
                                .formatted(read.incoming().source())))
                .toAbsolutePath()
                .normalize();
        try {
            return new ImagePlace.InPlace(file, Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS));
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.IMAGE_CHANGED,
                    "%s vanished while it was added. Put it back and add it again.".formatted(file),
                    e);
        }
    }

    private static StoredImage image(Read read, ImagePlace place) {
        return new StoredImage(
                read.hash(),
                read.size(),
                read.format(),
                read.perceptualHash(),
                read.bytes().length,
                place,
                read.treatment());
    }

    private static NewItem item(IncomingImage incoming, StoredImage image) {
        Optional<AnnotationValue> label = incoming.label();
        return new NewItem(
                image,
                incoming.split(),
                incoming.group(),
                incoming.source(),
                incoming.tags(),
                label.map(NewAnnotation::imported));
    }
}
