package dev.fovea.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.quality.PerceptualHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NearDuplicatesTest {

    @Property(tries = 200)
    void shouldAgreeWithComparingAllPairs(@ForAll @IntRange(min = 1, max = 120) int count, @ForAll long seed) {
        List<Long> hashes = clustered(count, seed);

        Set<Set<Long>> found = new HashSet<>();
        groups(hashes).forEach(group -> found.add(Set.copyOf(group)));

        assertThat(found).isEqualTo(byAllPairs(hashes));
    }

    @Example
    void shouldGroupHundredThousandHashes() {
        List<Long> hashes = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            hashes.add(random.nextLong());
        }
        hashes.add(hashes.get(5) ^ 0b111111);

        assertThat(groups(hashes)).containsExactly(List.of(hashes.get(5), hashes.getLast()));
    }

    @Example
    void shouldGroupAHundredThousandEqualHashesAtOnce() {
        assertThat(groups(Collections.nCopies(100_000, 42L)))
                .singleElement()
                .satisfies(group -> assertThat(group).hasSize(100_000));
    }

    @Example
    void shouldIgnoreImagesWithoutAHash() {
        assertThat(NearDuplicates.groups(List.of("a", "b"), name -> Optional.empty()))
                .isEmpty();
    }

    private static List<List<Long>> groups(List<Long> hashes) {
        return NearDuplicates.groups(hashes, bits -> Optional.of(new PerceptualHash(bits)));
    }

    /** Distinct hashes, many of which are a few bits from another. */
    private static List<Long> clustered(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<Long> hashes = new HashSet<>();
        long last = random.nextLong();
        while (hashes.size() < count) {
            last = random.nextInt(3) == 0 ? random.nextLong() : flipped(last, random.nextInt(12), random);
            hashes.add(last);
        }
        return List.copyOf(hashes);
    }

    private static long flipped(long bits, int count, SplittableRandom random) {
        long changed = bits;
        for (int i = 0; i < count; i++) {
            changed ^= 1L << random.nextInt(64);
        }
        return changed;
    }

    private static Set<Set<Long>> byAllPairs(List<Long> hashes) {
        Set<Set<Long>> groups = new HashSet<>();
        Set<Long> seen = new HashSet<>();
        for (Long start : hashes) {
            Set<Long> group = new HashSet<>(Set.of(start));
            for (boolean grew = true; grew; ) {
                grew = false;
                for (Long other : hashes) {
                    grew |= group.stream().anyMatch(one -> Long.bitCount(one ^ other) <= NearDuplicates.THRESHOLD)
                            && group.add(other);
                }
            }
            if (seen.addAll(group) && group.size() > 1) {
                groups.add(group);
            }
        }
        return groups;
    }
}
