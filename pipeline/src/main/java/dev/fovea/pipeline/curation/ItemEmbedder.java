package dev.fovea.pipeline.curation;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.ParallelWork;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.descriptor.ImageDescriptor;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.embedding.EmbeddingModel;
import dev.fovea.runtime.embedding.ImageEmbedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes embeddings of length 1 of images of a data set. The owner closes it. */
sealed interface ItemEmbedder extends AutoCloseable {

    /** Names it with its version: equal names give equal embeddings. */
    String name();

    /** What it is, for people. */
    String title();

    /** The outcome of each image. */
    List<Outcome> embed(List<DatasetItem> items);

    @Override
    default void close() {}

    /** What came of an image. */
    sealed interface Outcome {}

    /** Its embedding. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Embedded(DatasetItem item, float[] vector) implements Outcome {}

    /** Why it has none. */
    record Unreadable(DatasetItem item, String error) implements Outcome {}

    /** {@link ImageDescriptor}. */
    record ByDescriptor(Datasets datasets) implements ItemEmbedder {

        @Override
        public String name() {
            return "descriptor:" + ImageDescriptor.VERSION;
        }

        @Override
        public String title() {
            return "the built-in descriptor";
        }

        @Override
        public List<Outcome> embed(List<DatasetItem> items) {
            Decoder decoder = new Decoder(ImageLimits.DEFAULT);
            return new ParallelWork(Runtime.getRuntime().availableProcessors())
                    .map(items, item -> describe(decoder, item), IngestProgress.SILENT);
        }

        private Outcome describe(Decoder decoder, DatasetItem item) {
            try (Image image = decoder.decode(datasets.bytes(item.image()))) {
                return new Embedded(item, ImageDescriptor.of(image));
            } catch (FoveaException e) {
                return new Unreadable(item, e.getMessage());
            }
        }
    }

    /** A classifier of the registry; it is loaded for the first image. */
    final class ByModel implements ItemEmbedder {

        private final JobTools tools;
        private final Datasets datasets;
        private final ModelVersion version;
        private Optional<EmbeddingModel> model = Optional.empty();

        ByModel(JobTools tools, Datasets datasets, ModelVersion version) {
            this.tools = tools;
            this.datasets = datasets;
            this.version = version;
        }

        @Override
        public String name() {
            return "bundle:" + version.bundleId();
        }

        @Override
        public String title() {
            return version.id().toString();
        }

        private EmbeddingModel model() {
            EmbeddingModel open = model.orElseGet(() -> EmbeddingModel.open(
                    tools.engine(),
                    tools.bundles().bundle(version.bundleId()),
                    RuntimeSettings.forThisMachine(),
                    tools.workers()));
            model = Optional.of(open);
            return open;
        }

        @Override
        public List<Outcome> embed(List<DatasetItem> items) {
            List<Outcome> outcomes = new ArrayList<>();
            List<DatasetItem> readable = new ArrayList<>();
            List<byte[]> bytes = new ArrayList<>();
            for (DatasetItem item : items) {
                try {
                    bytes.add(datasets.bytes(item.image()));
                    readable.add(item);
                } catch (FoveaException e) {
                    outcomes.add(new Unreadable(item, e.getMessage()));
                }
            }
            List<ImageEmbedding> embeddings = model().embed(bytes);
            for (int i = 0; i < readable.size(); i++) {
                outcomes.add(
                        switch (embeddings.get(i)) {
                            case ImageEmbedding.Vector vector ->
                                new Embedded(
                                        readable.get(i), vector.normalized().values());
                            case ImageEmbedding.NotEmbedded failed ->
                                new Unreadable(readable.get(i), failed.error().getMessage());
                        });
            }
            return outcomes;
        }

        @Override
        public void close() {
            model.ifPresent(EmbeddingModel::close);
        }
    }
}
