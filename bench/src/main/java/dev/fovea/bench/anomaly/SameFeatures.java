package dev.fovea.bench.anomaly;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.datasets.Split;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.anomaly.AnomalyGraph;
import dev.fovea.model.anomaly.FeatureGrid;
import dev.fovea.model.anomaly.FeatureLayer;
import dev.fovea.model.anomaly.MidLayer;
import dev.fovea.model.anomaly.MidLayers;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.server.Application;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * What a peer gets: the raw feature maps of the channels that a version compares, of the images that it learned from
 * and was judged with, and the masks.
 */
record SameFeatures(Application application, Backbone backbone, AnomalySet set, ModelVersion version, long seed) {

    private static final int DIMENSIONS = 100;

    /** Writes the files of {@code anomaly_peer.py}. */
    void write(Path directory) throws IOException {
        DatasetVersion images =
                application.tools().datasets().find(version.lineage().dataset()).orElseThrow();
        PreprocessingContract contract = application
                .home()
                .bundles()
                .manifest(version.bundleId())
                .contract()
                .orElseThrow();
        List<Item> learned = images.on(Split.TRAIN);
        List<Item> tested = images.on(Split.TEST);
        List<MidLayer> layers = MidLayers.of(backbone.model(), backbone.cut());
        Preprocessor preprocessor = new Preprocessor(contract);
        try (Session session = application
                        .tools()
                        .engine()
                        .load(AnomalyGraph.maps(backbone.model(), layers).bytes(), new SessionSettings(1, false));
                OutputStream maps = new BufferedOutputStream(Files.newOutputStream(directory.resolve("maps.f32")));
                OutputStream labels = Files.newOutputStream(directory.resolve("labels.u8"));
                OutputStream masks = new BufferedOutputStream(Files.newOutputStream(directory.resolve("masks.u8")))) {
            FeatureGrid grid = null;
            for (Item item : concat(learned, tested)) {
                List<Tensor> outputs = session.run(List.of(tensor(preprocessor, session, item)));
                grid = grid == null ? grid(layers, outputs, contract.outputSize()) : grid;
                write(maps, grid, outputs);
            }
            for (Item item : tested) {
                labels.write(item.label().equals("good") ? 0 : 1);
                masks.write(mask(item, contract.outputSize()));
            }
            meta(directory, java.util.Objects.requireNonNull(grid), learned.size(), tested.size());
        }
    }

    private static List<Item> concat(List<Item> first, List<Item> second) {
        List<Item> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private Tensor tensor(Preprocessor preprocessor, Session session, Item item) throws IOException {
        byte[] bytes = Files.readAllBytes(set.folder().resolve(item.path()));
        try (Image image = new Decoder(ImageLimits.DEFAULT).decode(bytes, preprocessor.contract())) {
            return ImageTensor.of(preprocessor, image, session.inputs().getFirst());
        }
    }

    private FeatureGrid grid(List<MidLayer> layers, List<Tensor> maps, Size input) {
        List<FeatureLayer> shaped = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            long[] shape = maps.get(i).shape();
            shaped.add(new FeatureLayer(layers.get(i).name(), (int) shape[1], (int) shape[2], (int) shape[3]));
        }
        return FeatureGrid.random(shaped, Size.square(28), input, DIMENSIONS, seed);
    }

    private static void write(OutputStream to, FeatureGrid grid, List<Tensor> maps) throws IOException {
        for (int i = 0; i < maps.size(); i++) {
            FeatureLayer layer = grid.layers().get(i);
            float[] values = maps.get(i).floats();
            int places = layer.height() * layer.width();
            for (int channel : grid.channels(i)) {
                ByteBuffer bytes = ByteBuffer.allocate(places * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                for (int place = 0; place < places; place++) {
                    bytes.putFloat(values[channel * places + place]);
                }
                to.write(bytes.array());
            }
        }
    }

    /** Sampled where a pixel of the input is. */
    private byte[] mask(Item item, Size input) throws IOException {
        byte[] set = new byte[input.height() * input.width()];
        String name = Path.of(item.path()).getFileName().toString().replaceFirst("\\.\\w+$", "_mask.png");
        Path file = this.set.folder().resolve("ground_truth").resolve("defect").resolve(name);
        if (item.label().equals("good") || !Files.exists(file)) {
            return set;
        }
        BufferedImage mask = ImageIO.read(file.toFile());
        for (int row = 0; row < input.height(); row++) {
            for (int column = 0; column < input.width(); column++) {
                int x = (int) ((column + 0.5) * mask.getWidth() / input.width());
                int y = (int) ((row + 0.5) * mask.getHeight() / input.height());
                set[row * input.width() + column] = (byte) ((mask.getRaster().getSample(x, y, 0) >= 128) ? 1 : 0);
            }
        }
        return set;
    }

    private static void meta(Path directory, FeatureGrid grid, int learned, int tested) throws IOException {
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < grid.layers().size(); i++) {
            FeatureLayer layer = grid.layers().get(i);
            layers.add("[%d, %d, %d]".formatted(grid.channels(i).size(), layer.height(), layer.width()));
        }
        Files.writeString(
                directory.resolve("meta.json"),
                "{\"layers\": [%s], \"learned\": %d, \"tested\": %d, \"input\": %d}"
                        .formatted(
                                String.join(", ", layers),
                                learned,
                                tested,
                                grid.input().height()));
    }
}
