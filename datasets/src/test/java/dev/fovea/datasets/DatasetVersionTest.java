package dev.fovea.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DatasetVersionTest {

    @Property(tries = 100)
    void shouldHaveIdIndependentOfOrderAndNames(@ForAll("items") List<Item> items, @ForAll long seed) {
        List<Item> shuffled =
                new ArrayList<>(items.stream().map(DatasetVersionTest::renamed).toList());
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(DatasetVersion.of(shuffled).id())
                .isEqualTo(DatasetVersion.of(items).id());
    }

    @Property(tries = 100)
    void shouldChangeItsIdWithAnyOneImage(@ForAll("items") List<Item> items) {
        String id = DatasetVersion.of(items).id();
        Item first = items.getFirst();
        List<Item> rest = items.subList(1, items.size());

        assertThat(DatasetVersion.of(rest).id()).isNotEqualTo(id);
        assertThat(with(rest, first.on(Split.TEST)).id()).isNotEqualTo(id);
        assertThat(with(rest, Items.of("other", first.split(), "x", first.perceptualHash()))
                        .id())
                .isNotEqualTo(id);
    }

    @Property(tries = 100)
    void shouldSurviveJson(@ForAll("items") List<Item> items) {
        DatasetVersion version = with(items, Items.of("größe \"1\"\n", Split.TEST, "flat", Optional.empty()));

        assertThat(DatasetVersionJson.read(DatasetVersionJson.write(version))).isEqualTo(version);
    }

    @Example
    void shouldListLabelsSorted() {
        DatasetVersion version = DatasetVersion.of(List.of(
                Items.of("tear", Split.TRAIN, "1", Optional.empty()),
                Items.of("hole", Split.TRAIN, "2", Optional.empty())));

        assertThat(version.labels()).containsExactly("hole", "tear");
    }

    @Example
    void shouldRefuseJsonThatWasChanged() {
        String json = DatasetVersionJson.write(
                DatasetVersion.of(List.of(Items.of("tear", Split.TRAIN, "1", Optional.empty()))));

        assertInvalid(json.replace("\"label\":\"tear\"", "\"label\":\"hole\""), "was changed");
        assertInvalid(json.replace("\"split\":\"train\"", "\"split\":\"left\""), "The image list is damaged");
        assertInvalid(json.substring(0, 50), "The image list is damaged");
        assertInvalid("{}", "The image list is damaged");
    }

    @Provide
    Arbitrary<List<Item>> items() {
        return Items.withLookalikes();
    }

    private static void assertInvalid(String json, String words) {
        assertThatThrownBy(() -> DatasetVersionJson.read(json))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID))
                .hasMessageContaining(words);
    }

    private static DatasetVersion with(List<Item> items, Item further) {
        List<Item> more = new ArrayList<>(items);
        more.add(further);
        return DatasetVersion.of(more);
    }

    private static Item renamed(Item item) {
        return new Item(
                item.contentHash(),
                item.label(),
                item.split(),
                "elsewhere/" + item.path().hashCode(),
                item.width(),
                item.height(),
                item.format(),
                item.perceptualHash());
    }
}
