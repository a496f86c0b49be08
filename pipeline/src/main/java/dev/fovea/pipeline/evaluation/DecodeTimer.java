package dev.fovea.pipeline.evaluation;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.quantize.calibration.QuantizationProgress;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Measures decoding and preprocessing by the CPU time of this thread, so that other work on the machine counts little.
 * Exact and fast take turns on each image.
 */
final class DecodeTimer {

    private static final int MAX_IMAGES = 100;
    private static final int MIN_IMAGES = 10;
    private static final int ROUNDS = 3;
    private static final int WARM_UP = 10;
    private static final long SEED = 1;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);
    private final Way exact;
    private final Way fast;

    /** A timer for a contract in both decode modes. */
    DecodeTimer(PreprocessingContract contract) {
        this.exact = Way.of(contract.withDecode(DecodeMode.EXACT));
        this.fast = Way.of(contract.withDecode(DecodeMode.FAST));
    }

    private record Way(Preprocessor preprocessor, ByteBuffer tensor) {

        static Way of(PreprocessingContract contract) {
            return new Way(
                    new Preprocessor(contract),
                    ByteBuffer.allocateDirect(contract.outputBytes()).order(ByteOrder.nativeOrder()));
        }
    }

    /** One run: CPU milliseconds, and the width of the decoded image. */
    private record Run(double ms, int width) {}

    /**
     * Measures up to {@value #MAX_IMAGES} images, drawn from the list.
     *
     * @throws FoveaException {@code DATASET_INVALID} if none can be decoded
     */
    DecodeTimes measure(List<Path> files, QuantizationProgress progress) {
        int count = Math.min(MAX_IMAGES, files.size());
        List<Path> shuffled = new ArrayList<>(files); // so that an early end leaves images from the whole list
        Collections.shuffle(shuffled, new Random(SEED));
        for (int i = 0; i < WARM_UP; i++) {
            measured(shuffled.get(i % files.size()));
        }
        List<DecodeTimes.DecodedImage> images = new ArrayList<>();
        long end = System.nanoTime() + LIMIT.toNanos();
        for (int i = 0; i < count && (images.size() < MIN_IMAGES || System.nanoTime() < end); i++) {
            measured(shuffled.get(i)).ifPresent(images::add);
            progress.at("decode times", i + 1, count);
        }
        if (images.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID, "None of the %,d images can be decoded.".formatted(files.size()));
        }
        return DecodeTimes.of(images);
    }

    private Optional<DecodeTimes.DecodedImage> measured(Path file) {
        byte[] bytes = CandidateModel.read(file);
        double[] exactMs = new double[ROUNDS];
        double[] fastMs = new double[ROUNDS];
        boolean reduced = false;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                // the first of two finds colder caches
                boolean swapped = round % 2 == 1;
                Run one = run(swapped ? fast : exact, bytes);
                Run other = run(swapped ? exact : fast, bytes);
                exactMs[round] = (swapped ? other : one).ms();
                fastMs[round] = (swapped ? one : other).ms();
                reduced = one.width() != other.width();
            }
        } catch (FoveaException e) {
            return Optional.empty();
        }
        return Optional.of(
                new DecodeTimes.DecodedImage(DecodeTimes.median(exactMs), DecodeTimes.median(fastMs), reduced));
    }

    private Run run(Way way, byte[] bytes) {
        long start = THREADS.getCurrentThreadCpuTime();
        try (Image image = decoder.decode(bytes, way.preprocessor().contract())) {
            way.preprocessor().write(image, way.tensor().clear());
            return new Run((THREADS.getCurrentThreadCpuTime() - start) / 1e6, image.width());
        }
    }
}
