package dev.fovea.bench.peers;

import dev.fovea.bench.BenchConnection;
import dev.fovea.bench.BenchReport;
import dev.fovea.bench.quantize.KnownNetworks;
import dev.fovea.bench.quantize.UnevaluatedQuantization;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.quantize.QuantizationResult;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.ImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * INT8 networks in Fovea, tuned, against the same networks in FP32 in the peers. SqueezeNet goes through {@code fovea
 * quantize}. Networks with random weights have no accuracy, so they are quantized without an evaluation.
 */
final class QuantizedWorkload {

    private static final int CLASSES = 1000;
    private static final int CALIBRATION = 60;
    private static final int COMPARED = 20;
    private static final String TUNING = "20s";
    /** Points of accuracy, or a tenth of the agreement that may be lost without labels. */
    private static final String WIDE_MARGIN = "2";

    private QuantizedWorkload() {}

    private record Case(String name, PeerSubject subject, boolean published, double bar) {}

    static void run(PeerHome home) throws Exception {
        PeerSubject best = PeerSubject.best(home.path());
        boolean published = best.input().equals(PeerSubject.Input.CAFFE);
        one(home, new Case("quantized squeezenet", best, published, 2));
        for (String shape : List.of("mobilenetv2", "resnet18")) {
            try (PeerHome own = PeerHome.create(home.options(), home.environments())) {
                PeerSubject drawn = drawn(shape, best, own.path());
                one(own, new Case("quantized " + drawn.name(), drawn, false, shape.equals("resnet18") ? 2.5 : 2));
            }
        }
    }

    private static PeerSubject drawn(String shape, PeerSubject images, Path directory) throws IOException {
        OnnxModel network = shape.equals("resnet18") ? KnownNetworks.resnet18() : KnownNetworks.mobilenetV2();
        Path labels = Files.writeString(
                directory.resolve("labels.txt"),
                IntStream.range(0, CLASSES).mapToObj("class %d"::formatted).collect(Collectors.joining("\n")));
        return new PeerSubject(
                shape + " with random weights",
                Files.write(directory.resolve(shape + ".onnx"), network.bytes()),
                labels,
                PeerSubject.Input.TORCHVISION,
                true,
                images.images());
    }

    private static void one(PeerHome home, Case which) throws Exception {
        PeerSubject subject = which.subject();
        home.importModel(subject, PeerSubject.Decode.EXACT);
        try {
            if (which.published()) {
                published(home, subject.write(home.path().resolve("images")).toString());
            } else {
                home.importModel(subject.with(int8(subject, home.path())), PeerSubject.Decode.EXACT);
            }
        } catch (IOException e) {
            BenchReport.say("SKIPPED %s: no INT8 version: %s"
                    .formatted(which.name(), String.valueOf(e.getMessage()).split("\n", 2)[0]));
            return;
        }
        home.launcher().run("promote", PeerHome.MODEL, "2");
        home.launcher().run("tune", PeerHome.MODEL, "--budget", TUNING);
        Contender int8 = home.fovea(subject);
        requireQuantized(int8, subject.images().getFirst());
        Contender fp32 = int8.at(
                "fovea, FP32",
                new Contender.Endpoint(int8.endpoint().port(), int8.endpoint().path() + "?version=1", Upload.RAW));
        try (Contenders contenders =
                Contenders.start(int8, fp32, home.peers(PeerSubject.Decode.EXACT), subject, home)) {
            List<byte[]> compared = subject.images().subList(0, COMPARED);
            BenchReport.say("%n%s: INT8 in Fovea, FP32 in the peers; its best label is that of FP32 for %d of %d images"
                    .formatted(which.name(), Contenders.equal(int8.labels(compared), fp32.labels(compared)), COMPARED));
            PeerRounds rounds = PeerRounds.measure(contenders.all(), subject.images(), home.options());
            rounds.compare();
            rounds.minimum("throughput", PeerFigures::throughput, which.bar());
            rounds.maximum("p99", PeerFigures::p99, 1);
            rounds.tables();
        }
    }

    private static void requireQuantized(Contender fovea, byte[] image) throws IOException {
        try (BenchConnection connection = new BenchConnection(fovea.endpoint().port())) {
            String body = connection
                    .send(fovea.endpoint().request(image))
                    .successful()
                    .body();
            if (!body.contains("\"version\":2,")) {
                throw new IOException("version 2, in INT8, is not in production: " + body);
            }
        }
    }

    private static void published(PeerHome home, String images) throws IOException, InterruptedException {
        try {
            home.launcher().run("quantize", PeerHome.MODEL, "--data", images);
        } catch (IOException e) {
            BenchReport.say("REFUSED with the default margin, so that --margin %s is measured: %s"
                    .formatted(WIDE_MARGIN, String.valueOf(e.getMessage()).split("\n", 2)[0]));
            home.launcher().run("quantize", PeerHome.MODEL, "--data", images, "--margin", WIDE_MARGIN);
        }
    }

    private static Path int8(PeerSubject subject, Path directory) throws IOException {
        OnnxModel network = OnnxModel.read(subject.onnx());
        ImageReader reader = new ImageReader(
                PreprocessingContractJson.read(PeerSubject.contract(directory, PeerHome.MODEL)),
                new TensorMetadata(network.inputs().getFirst().name(), DataType.FP32, new long[0]));
        List<Tensor> calibration =
                subject.images().stream().limit(CALIBRATION).map(reader::read).toList();
        return switch (UnevaluatedQuantization.int8(Engine.open(), network, calibration)) {
            case QuantizationResult.Delivered delivered ->
                Files.write(directory.resolve("int8.onnx"), delivered.model().bytes());
            case QuantizationResult.Refused refused -> throw new IOException(refused.reason());
        };
    }
}
