package dev.fovea.datasets;

import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.quality.PerceptualHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Items without files. */
final class Items {

    private Items() {}

    static Item of(String label, Split split, String content, Optional<PerceptualHash> perceptualHash) {
        String hash = ImageValidator.sha256(content.getBytes(StandardCharsets.UTF_8));
        return new Item(hash, label, split, content + ".jpg", 300, 200, ImageFormat.JPEG, perceptualHash);
    }

    /** Two to four classes of up to 60 images, unassigned; some are in groups of up to four near-duplicates. */
    static Arbitrary<List<Item>> withLookalikes() {
        return Combinators.combine(
                        Arbitraries.integers()
                                .between(2, 60)
                                .list()
                                .ofMinSize(2)
                                .ofMaxSize(4),
                        Arbitraries.doubles().between(0, 0.5),
                        Arbitraries.longs())
                .as(Items::draw);
    }

    /** The same without near-duplicates. */
    static Arbitrary<List<Item>> unalike() {
        return Combinators.combine(
                        Arbitraries.integers()
                                .between(2, 60)
                                .list()
                                .ofMinSize(2)
                                .ofMaxSize(4),
                        Arbitraries.longs())
                .as((counts, seed) -> draw(counts, 0, seed));
    }

    private static List<Item> draw(List<Integer> counts, double nearDuplicate, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Item> items = new ArrayList<>();
        for (int label = 0; label < counts.size(); label++) {
            long perceptualHash = random.nextLong();
            for (int i = 0; i < counts.get(label); i++) {
                perceptualHash = random.nextDouble() < nearDuplicate
                        ? perceptualHash ^ (1L << random.nextInt(64))
                        : random.nextLong();
                String content = seed + "-" + label + "-" + i;
                items.add(of(
                        "class " + label, Split.UNASSIGNED, content, Optional.of(new PerceptualHash(perceptualHash))));
            }
        }
        return items;
    }
}
