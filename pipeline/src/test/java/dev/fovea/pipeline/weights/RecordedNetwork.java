package dev.fovea.pipeline.weights;

import dev.fovea.model.architecture.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * What record.py wrote of a network of torchvision or timm.
 *
 * @param shapes of its tensors by name
 * @param proof its logits with the weights of {@link FormulaWeights}
 */
record RecordedNetwork(Architecture architecture, SequencedMap<String, List<Long>> shapes, LogitProof proof) {

    /** @param name such as {@code resnet-18.timm} */
    static RecordedNetwork read(String name) {
        String file = "networks/%s.txt".formatted(name);
        try (InputStream in = Objects.requireNonNull(RecordedNetwork.class.getResourceAsStream(file), file)) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>();
            for (String line : lines.subList(3, lines.size())) {
                shapes.put(line.split(" ")[0], words(line).map(Long::valueOf).toList());
            }
            LogitProof proof = new LogitProof(
                    words(lines.get(0)).map(Integer::valueOf).toList(),
                    words(lines.get(1)).map(Double::valueOf).toList(),
                    words(lines.get(2)).map(Double::valueOf).toList().getFirst());
            return new RecordedNetwork(Architecture.of(name.replaceFirst("\\.[a-z]+$", "")), shapes, proof);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> words(String line) {
        return Arrays.stream(line.split(" ")).skip(1);
    }
}
