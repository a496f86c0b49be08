package dev.fovea.model.architecture;

import dev.fovea.fault.Printable;
import dev.fovea.imaging.Size;
import dev.fovea.model.checkpoint.Checkpoint;
import dev.fovea.model.checkpoint.StoredTensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the tensors of a checkpoint fit a network.
 *
 * @param plan the network in one library's names
 * @param classes what the classifier has, or would have
 * @param missing names of tensors that the network needs
 * @param misshapen tensors of another shape or of whole numbers, as text
 * @param unexpected names of tensors that the network does not have
 */
record WeightFit(NetworkPlan plan, int classes, List<String> missing, List<String> misshapen, List<String> unexpected) {

    /** How many batches a normalisation has seen: of no use but for training from the middle. */
    private static final String COUNTER = ".num_batches_tracked";

    private static final int USUAL_CLASSES = 1000;
    private static final int NAMED = 5;

    static WeightFit of(NetworkPlan plan, Checkpoint checkpoint, Size size) {
        Map<String, StoredTensor> stored = checkpoint.tensors();
        int classes = classes(plan, stored);
        WeightInventory needed = new WeightInventory();
        plan.write(new NetworkWriter("inventory", needed), size, classes);
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        needed.shapes().forEach((name, shape) -> {
            Optional<StoredTensor> tensor = Optional.ofNullable(stored.get(name));
            if (tensor.isEmpty()) {
                missing.add(name);
            } else if (!isSame(tensor.get().shape(), shape)) {
                misshapen.add("%s is %s and must be %s"
                        .formatted(name, StoredTensor.text(tensor.get().shape()), StoredTensor.text(shape)));
            } else if (!tensor.get().type().isFloat()) {
                misshapen.add("%s holds %s".formatted(name, tensor.get().type()));
            }
        });
        Set<String> unexpected = new LinkedHashSet<>(stored.keySet());
        unexpected.removeAll(needed.shapes().keySet());
        unexpected.removeIf(name -> name.endsWith(COUNTER));
        return new WeightFit(plan, classes, missing, misshapen, List.copyOf(unexpected));
    }

    private static int classes(NetworkPlan plan, Map<String, StoredTensor> stored) {
        return Optional.ofNullable(stored.get(plan.classifier()))
                .filter(tensor -> !tensor.shape().isEmpty() && tensor.elements() <= Integer.MAX_VALUE)
                .map(tensor -> tensor.shape().getFirst().intValue())
                .orElse(USUAL_CLASSES);
    }

    /** A linear layer is stored with or without the two axes of a convolution of one pixel. */
    private static boolean isSame(List<Long> stored, List<Long> needed) {
        return withoutPixel(stored).equals(withoutPixel(needed));
    }

    private static List<Long> withoutPixel(List<Long> shape) {
        boolean pixel = shape.size() == 4 && shape.get(2) == 1 && shape.get(3) == 1;
        return pixel ? shape.subList(0, 2) : shape;
    }

    boolean fits() {
        return faults() == 0;
    }

    int faults() {
        return missing.size() + misshapen.size() + unexpected.size();
    }

    /** What is wrong, as sentences. */
    String text() {
        List<String> sentences = new ArrayList<>();
        add(sentences, missing, "Missing");
        add(sentences, misshapen, "Of another shape");
        add(sentences, unexpected, "Not in the network");
        return String.join(" ", sentences);
    }

    private static void add(List<String> sentences, List<String> names, String what) {
        if (!names.isEmpty()) {
            String more = names.size() > NAMED ? " and %,d more".formatted(names.size() - NAMED) : "";
            sentences.add("%s (%,d): %s%s."
                    .formatted(
                            what,
                            names.size(),
                            names.stream().limit(NAMED).map(Printable::brief).collect(Collectors.joining(", ")),
                            more));
        }
    }
}
