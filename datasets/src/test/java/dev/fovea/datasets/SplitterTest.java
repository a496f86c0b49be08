package dev.fovea.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SplitterTest {

    private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);

    @Property(tries = 200)
    void shouldKeepNearDuplicatesInOneSplit(
            @ForAll("lookalikes") List<Item> items, @ForAll("fractions") Fractions fractions, @ForAll long seed) {
        DatasetVersion divided = divide(items, fractions, seed);

        assertThat(NearDuplicates.groups(divided.items(), Item::perceptualHash))
                .allSatisfy(group -> assertThat(group)
                        .extracting(Item::split)
                        .containsOnly(group.getFirst().split()));
    }

    @Property(tries = 200)
    void shouldStratifyWithinOneImage(
            @ForAll("unalike") List<Item> items, @ForAll("fractions") Fractions fractions, @ForAll long seed) {
        DatasetVersion divided = divide(items, fractions, seed);

        for (String label : divided.labels()) {
            long all = count(items, label);
            for (Split split : SPLITS) {
                assertThat((double) count(divided.on(split), label))
                        .as("%s on %s", label, split)
                        .isCloseTo(all * fractions.of(split), within(1.0));
            }
        }
    }

    /** A thing's number says its labels: three of one task, five of another. */
    @Property(tries = 50)
    void shouldGiveEverySplitItsShareOfTheLabelsOfEveryTask(@ForAll long seed) {
        List<List<Integer>> things = IntStream.range(0, 300).mapToObj(List::of).toList();

        Map<Integer, Split> splits = Splitter.assignAll(
                things,
                thing -> List.of("colour=" + thing % 3, "cut=" + thing % 5),
                thing -> "thing " + thing,
                new Fractions(0.7, 0.1, 0.2),
                seed);

        for (int label = 0; label < 5; label++) {
            int cut = label;
            long tested = splits.entrySet().stream()
                    .filter(thing -> thing.getKey() % 5 == cut && thing.getValue() == Split.TEST)
                    .count();
            assertThat((double) tested).isCloseTo(0.2 * 60, within(3.0));
        }
    }

    @Property(tries = 100)
    void shouldDependOnNothingButContentAndSeed(
            @ForAll("lookalikes") List<Item> items, @ForAll("fractions") Fractions fractions, @ForAll long seed) {
        List<Item> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(divide(shuffled, fractions, seed)).isEqualTo(divide(items, fractions, seed));
    }

    @Property(tries = 100)
    void shouldAssignEveryImage(@ForAll("lookalikes") List<Item> items, @ForAll("fractions") Fractions fractions) {
        DatasetVersion divided = divide(items, fractions, 1);

        assertThat(divided.items())
                .extracting(Item::contentHash)
                .containsExactlyInAnyOrderElementsOf(
                        items.stream().map(Item::contentHash).toList());
        assertThat(divided.on(Split.UNASSIGNED)).isEmpty();
    }

    @Example
    void shouldSplitDifferentlyWithAnotherSeed() {
        List<Item> items = hundred();

        assertThat(divide(items, Fractions.DEFAULT, 1).id())
                .isNotEqualTo(divide(items, Fractions.DEFAULT, 2).id());
    }

    @Example
    void shouldTakeValidationFromTrainingAndKeepTheTestSplit() {
        List<Item> train = hundred().stream().map(item -> item.on(Split.TRAIN)).toList();
        Item heldOut = Items.of("a", Split.TEST, "held", Optional.empty());
        DatasetVersion version = DatasetVersion.of(
                Stream.concat(train.stream(), Stream.of(heldOut)).toList());

        DatasetVersion divided = Splitter.divide(version, Split.TRAIN, new Fractions(0.9, 0.1, 0), 3);

        assertThat(divided.on(Split.TEST)).containsExactly(heldOut);
        assertThat(divided.on(Split.VALIDATION)).hasSize(10);
        assertThat(divided.on(Split.TRAIN)).hasSize(90);
    }

    @Example
    void shouldRefuseFractionsThatDoNotAddUp() {
        assertThatThrownBy(() -> new Fractions(0.5, 0.1, 0.1))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID))
                .hasMessageContaining("add up to 1");
    }

    @Provide
    Arbitrary<List<Item>> lookalikes() {
        return Items.withLookalikes();
    }

    @Provide
    Arbitrary<List<Item>> unalike() {
        return Items.unalike();
    }

    @Provide
    Arbitrary<Fractions> fractions() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(0, 40))
                .as((validation, test) ->
                        new Fractions((100 - validation - test) / 100.0, validation / 100.0, test / 100.0));
    }

    private static List<Item> hundred() {
        return IntStream.range(0, 100)
                .mapToObj(i -> Items.of(i % 2 == 0 ? "a" : "b", Split.UNASSIGNED, "image " + i, Optional.empty()))
                .toList();
    }

    private static DatasetVersion divide(List<Item> items, Fractions fractions, long seed) {
        return Splitter.divide(DatasetVersion.of(items), Split.UNASSIGNED, fractions, seed);
    }

    private static long count(List<Item> items, String label) {
        return items.stream().filter(item -> item.label().equals(label)).count();
    }
}
