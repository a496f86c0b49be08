package dev.fovea.bench.quantize;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.quantize.QuantizationResult;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.ImageReader;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Published networks quantized here and by onnxruntime's tools, on the same images. Compares quantization error,
 * agreement with FP32, and speed, in turns on one thread. The tools run in the Python of {@code FOVEA_PEER_PYTHON},
 * with onnxruntime, onnx and sympy from PyPI.
 */
final class PeerQuantizeBench {

    private static final List<String> METHODS = List.of("MinMax", "Entropy", "Percentile");
    private static final int MAX = 500;
    private static final int TURNS = 60;

    /**
     * A published network.
     *
     * @param contract of the examples
     * @param images below the data folder
     * @param classifies whether its first output is a score for each label
     */
    private record Case(String name, String model, String contract, String images, boolean classifies) {}

    private static final List<Case> CASES = List.of(
            new Case("squeezenet", "squeezenet11-fp32.onnx", "squeezenet-contract.json", "imagenet-120", true),
            new Case("ultraface", "ultraface-rfb-320.onnx", "ultraface-contract.json", "coco64-yolo/images", false),
            new Case(
                    "yolox-nano",
                    "yolox-nano-coco80-416.onnx",
                    "yolox-nano-contract.json",
                    "coco64-yolo/images",
                    false));

    private final Engine engine = Engine.open();
    private final String python;
    private final Path script;

    private PeerQuantizeBench(String python, Path script) {
        this.python = python;
        this.script = script;
    }

    /** {@code [NETWORK...]}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String python = System.getenv("FOVEA_PEER_PYTHON");
        if (python == null) {
            System.err.println(
                    "Set FOVEA_PEER_PYTHON to a Python that has onnxruntime, onnx and sympy, such as venv/bin/python.");
            System.exit(2);
            return;
        }
        Path root = Path.of(System.getProperty("fovea.root"));
        PeerQuantizeBench bench = new PeerQuantizeBench(python, root.resolve("bench/src/main/python/peer_quantize.py"));
        BenchReport.machine();
        for (Case each : CASES) {
            if (args.length == 0 || List.of(args).contains(each.name())) {
                bench.run(each, root.resolve("docs/examples"), Path.of(System.getProperty("fovea.bench.data")));
            }
        }
        BenchReport.machine();
    }

    private void run(Case which, Path examples, Path data) throws IOException, InterruptedException {
        Path file = data.resolve("models").resolve(which.model());
        OnnxModel original = OnnxModel.read(file);
        PreprocessingContract contract = PreprocessingContractJson.read(examples.resolve(which.contract()));
        List<Tensor> images = images(data.resolve(which.images()), contract, original);
        List<Tensor> calibration = new ArrayList<>();
        List<Tensor> heldOut = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            (i % 2 == 0 ? calibration : heldOut).add(images.get(i));
        }
        Map<String, byte[]> networks = new LinkedHashMap<>();
        networks.put("FP32", original.bytes());
        switch (UnevaluatedQuantization.int8(engine, original, calibration)) {
            case QuantizationResult.Delivered(OnnxModel model, var report) ->
                networks.put("ours, " + report.setting(), model.bytes());
            case QuantizationResult.Refused(String reason, var _) ->
                BenchReport.say("%n%s, ours: %s".formatted(which.name(), reason));
        }
        for (String method : METHODS) {
            networks.put("onnxruntime, " + method, peer(file, calibration, method));
        }
        report(which, networks, heldOut);
    }

    private byte[] peer(Path model, List<Tensor> calibration, String method) throws IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            Path tensors = directory.path().resolve("tensors");
            try (FileChannel channel =
                    FileChannel.open(tensors, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (Tensor tensor : calibration) {
                    ByteBuffer bytes = tensor.bytes().duplicate();
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                }
            }
            Path out = directory.path().resolve("int8.onnx");
            Path log = directory.path().resolve("log");
            String shape = LongStream.of(calibration.getFirst().shape())
                    .mapToObj(Long::toString)
                    .collect(Collectors.joining(","));
            int exit = new ProcessBuilder(
                            python,
                            script.toString(),
                            model.toString(),
                            tensors.toString(),
                            shape,
                            out.toString(),
                            method)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException(method + " failed:\n" + Files.readString(log));
            }
            return Files.readAllBytes(out);
        }
    }

    private void report(Case which, Map<String, byte[]> networks, List<Tensor> heldOut) {
        List<Session> sessions = networks.values().stream()
                .map(bytes -> engine.load(bytes, new SessionSettings(1, false)))
                .toList();
        List<BenchSeries> times =
                networks.keySet().stream().map(BenchSeries::new).toList();
        Tensor image = direct(heldOut.getFirst());
        for (int turn = -3; turn < TURNS; turn++) {
            for (int i = 0; i < sessions.size(); i++) {
                int at = (i + Math.abs(turn)) % sessions.size();
                long start = System.nanoTime();
                sessions.get(at).run(List.of(image));
                if (turn >= 0) {
                    times.get(at).add((System.nanoTime() - start) / 1e6);
                }
            }
        }
        BenchReport.table(
                "%s: one image, one thread".formatted(which.name()),
                "ms",
                times.getFirst(),
                times.subList(1, times.size()).toArray(BenchSeries[]::new));
        List<float[][]> expected = predictions(sessions.getFirst(), heldOut);
        for (int i = 1; i < sessions.size(); i++) {
            List<float[][]> given = predictions(sessions.get(i), heldOut);
            BenchReport.say("  %-60s quantization error %8.4f %%%s"
                    .formatted(
                            times.get(i).name(),
                            100 * error(expected, given),
                            which.classifies() ? ", same label " + agreement(expected, given) : ""));
        }
        sessions.forEach(Session::close);
    }

    private static List<float[][]> predictions(Session session, List<Tensor> images) {
        return images.stream()
                .map(image ->
                        session.run(List.of(image)).stream().map(Tensor::floats).toArray(float[][]::new))
                .toList();
    }

    /** Squared differences as a share of squared values, on average over the outputs. */
    private static double error(List<float[][]> expected, List<float[][]> given) {
        int outputs = expected.getFirst().length;
        double sum = 0;
        for (int output = 0; output < outputs; output++) {
            double off = 0;
            double all = 0;
            for (int i = 0; i < expected.size(); i++) {
                float[] wanted = expected.get(i)[output];
                float[] got = given.get(i)[output];
                for (int j = 0; j < wanted.length; j++) {
                    off += Math.pow(wanted[j] - got[j], 2);
                    all += Math.pow(wanted[j], 2);
                }
            }
            sum += off / all;
        }
        return sum / outputs;
    }

    private static String agreement(List<float[][]> expected, List<float[][]> given) {
        int same = 0;
        for (int i = 0; i < expected.size(); i++) {
            same += best(expected.get(i)[0]) == best(given.get(i)[0]) ? 1 : 0;
        }
        return "%d of %d".formatted(same, expected.size());
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    private static Tensor direct(Tensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(tensor.bytes().remaining());
        bytes.put(tensor.bytes().duplicate()).flip();
        return new Tensor(tensor.name(), tensor.type(), tensor.shape(), bytes);
    }

    private static List<Tensor> images(Path folder, PreprocessingContract contract, OnnxModel model)
            throws IOException {
        ImageReader reader = new ImageReader(
                contract, new TensorMetadata(model.inputs().getFirst().name(), DataType.FP32, new long[0]));
        List<Tensor> images = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().limit(MAX).toList()) {
                images.add(reader.read(Files.readAllBytes(file)));
            }
        }
        return images;
    }
}
