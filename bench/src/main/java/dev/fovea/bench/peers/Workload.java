package dev.fovea.bench.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is measured. */
enum Workload {
    /** Photographs of 100 kB, 8 clients, closed loop. */
    PHOTOGRAPHS,
    /** JPEGs of 12 megapixels, decoded at a reduced scale by all. */
    LARGE,
    /** The Open Inference Protocol with the image as BYTES, against {@code /v1}. */
    V2,
    /** Poisson arrivals at 70 % of the capacity of the lesser one, open loop. */
    TAIL,
    /** Networks that {@code fovea quantize} made INT8, against the FP32 networks in the peers. */
    QUANTIZED,
    /** Resident memory after 10,000 images, with one model and with ten. */
    MEMORY,
    /** Program start to ready, and the first prediction. */
    START,
    /** The pipeline without a server. */
    IN_PROCESS;

    static Workload parse(String name) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "No workload is named %s. Name one of %s.".formatted(name, String.join(", ", words()))));
    }

    private static List<String> words() {
        return Arrays.stream(values()).map(Workload::word).toList();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
