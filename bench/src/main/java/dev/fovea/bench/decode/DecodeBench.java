package dev.fovea.bench.decode;

import com.sun.management.OperatingSystemMXBean;
import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import dev.fovea.bench.Photograph;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.json.PreprocessingContractJson;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A photograph to a 224×224 tensor, against ImageIO and Graphics2D. Each round runs every way once. Then the same
 * against Pillow ({@link TensorBench}).
 */
final class DecodeBench {

    private static final int EDGE = 224;
    private static final int WARM_UP = 8;
    private static final int ROUNDS = 21;
    private static final double BAR = 15;

    private static final String STRETCH = """
            {"color": "RGB", "resize": {"fit": "stretch", "size": [224], "filter": "area", "engine": "opencv"}, "decode": "%s"}
            """;
    static final String SHORTEST_EDGE = """
            {"color": "RGB", "resize": {"fit": "shortest-edge", "size": [256], "filter": "bilinear", "engine": "pillow"},
             "crop": {"center": [224, 224]}, "decode": "%s"}
            """;

    private DecodeBench() {}

    /** A JPEG to a tensor. */
    interface Way {
        void run(byte[] jpeg) throws IOException;
    }

    /** A way with its wall and processor milliseconds. */
    private record Measured(Way way, BenchSeries wall, BenchSeries processor) {
        Measured(String name, Way way) {
            this(way, new BenchSeries(name), new BenchSeries(name));
        }
    }

    /** {@code [--image FILE]}. */
    public static void main(String[] arguments) throws IOException {
        byte[] jpeg = arguments.length == 2 && arguments[0].equals("--image")
                ? Files.readAllBytes(Path.of(arguments[1]))
                : Photograph.twelveMegapixels();
        BenchReport.machine();
        ImageHeader header = new Decoder(ImageLimits.DEFAULT).header(jpeg);
        BenchReport.say("image: %d×%d, %,d bytes".formatted(header.width(), header.height(), jpeg.length));
        List<Measured> ways = ways();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (Measured each : ways) {
                measure(each, jpeg, round >= 0);
            }
        }
        print(ways);
        TensorBench.run(jpeg);
    }

    private static List<Measured> ways() {
        List<Measured> ways = new ArrayList<>();
        ways.add(new Measured(
                "ImageIO + Graphics2D, one step", new GraphicsBaseline(EDGE, GraphicsBaseline.Steps.ONE)::tensor));
        ways.add(fovea("fast, stretch, area, opencv", STRETCH.formatted("fast")));
        ways.add(fovea("exact, stretch, area, opencv", STRETCH.formatted("exact")));
        ways.add(fovea("fast, shortest edge, bilinear, pillow", SHORTEST_EDGE.formatted("fast")));
        ways.add(fovea("exact, shortest edge, bilinear, pillow", SHORTEST_EDGE.formatted("exact")));
        ways.add(new Measured(
                "ImageIO + Graphics2D, by halves", new GraphicsBaseline(EDGE, GraphicsBaseline.Steps.HALVES)::tensor));
        return ways;
    }

    private static Measured fovea(String name, String json) {
        return new Measured(name, fovea(json));
    }

    /** Fovea with that contract. */
    static Way fovea(String json) {
        PreprocessingContract contract = PreprocessingContractJson.read(json);
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        Preprocessor preprocessor = new Preprocessor(contract);
        return jpeg -> {
            ByteBuffer tensor = ByteBuffer.allocate(contract.outputBytes()).order(ByteOrder.nativeOrder());
            try (Image image = decoder.decode(jpeg, contract)) {
                preprocessor.write(image, tensor);
            }
        };
    }

    private static void measure(Measured measured, byte[] jpeg, boolean keep) throws IOException {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long processor = system.getProcessCpuTime();
        long wall = System.nanoTime();
        measured.way().run(jpeg);
        double wallMs = (System.nanoTime() - wall) / 1e6;
        if (keep) {
            measured.wall().add(wallMs);
            measured.processor().add((system.getProcessCpuTime() - processor) / 1e6);
        }
    }

    private static void print(List<Measured> ways) {
        BenchSeries[] wall = ways.stream().skip(1).map(Measured::wall).toArray(BenchSeries[]::new);
        BenchSeries[] processor = ways.stream().skip(1).map(Measured::processor).toArray(BenchSeries[]::new);
        BenchReport.table(
                "wall time, %d rounds".formatted(ROUNDS), "ms", ways.getFirst().wall(), wall);
        BenchReport.table("processor time, all threads", "ms", ways.getFirst().processor(), processor);
        BenchReport.say("");
        BenchReport.minimum(
                "fast (stretch, area) against ImageIO and Graphics2D in one step, wall",
                1 / ways.get(1).wall().ratioTo(ways.getFirst().wall()),
                BAR,
                "×");
        BenchReport.minimum(
                "the same against Graphics2D by halves, which antialiases too",
                1 / ways.get(1).wall().ratioTo(ways.getLast().wall()),
                BAR,
                "×");
    }
}
