package dev.fovea.pipeline.head;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which classes a head can be fitted to: one cannot be learned and tried out on one and the same image. */
final class LearnableClasses {

    private static final int MIN_IMAGES = 2;
    private static final int NAMED = 5;

    private LearnableClasses() {}

    /** Refuses classes without images enough: {@code DATASET_INVALID} names them. */
    static void require(HeadTraining.HeadOrder order) {
        Map<Integer, Long> counts = order.training().stream()
                .collect(Collectors.groupingBy(image -> image.sample().label(), Collectors.counting()));
        List<String> few = IntStream.range(0, order.labels().size())
                .filter(label -> counts.getOrDefault(label, 0L) < MIN_IMAGES)
                .mapToObj(label -> "%s (%d)".formatted(order.labels().get(label), counts.getOrDefault(label, 0L)))
                .toList();
        if (!few.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%d of the %d classes have fewer than %d training images: %s%s. Add images of them, ten or more, or leave the classes out."
                            .formatted(
                                    few.size(),
                                    order.labels().size(),
                                    MIN_IMAGES,
                                    String.join(", ", few.subList(0, Math.min(NAMED, few.size()))),
                                    few.size() > NAMED ? ", …" : ""));
        }
        if (order.labels().size() < 2) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "There is one class, %s. A classifier needs images of two or more."
                            .formatted(order.labels().getFirst()));
        }
    }
}
