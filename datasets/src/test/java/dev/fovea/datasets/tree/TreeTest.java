package dev.fovea.datasets.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TreeTest {

    private final Map<ContentHash, byte[]> nodes = new HashMap<>();
    private final TreeReader reader = new TreeReader(this::stored);

    private static TreeEntry entry(int number, String state) {
        return new TreeEntry(ContentHash.ofText("image " + number), state);
    }

    private Map<ContentHash, byte[]> stored(Collection<ContentHash> hashes) {
        return hashes.stream().collect(Collectors.toMap(Function.identity(), nodes::get));
    }

    private ContentHash update(Optional<ContentHash> root, SortedMap<ContentHash, Optional<TreeEntry>> changes) {
        return new TreeUpdate(this::stored, (hash, _, content) -> nodes.put(hash, content)).apply(root, changes);
    }

    private static SortedMap<ContentHash, Optional<TreeEntry>> put(List<TreeEntry> entries) {
        SortedMap<ContentHash, Optional<TreeEntry>> changes = new TreeMap<>();
        entries.forEach(entry -> changes.put(entry.image(), Optional.of(entry)));
        return changes;
    }

    private ContentHash store(List<TreeEntry> entries) {
        return update(Optional.empty(), put(entries));
    }

    private List<TreeEntry> read(ContentHash root) {
        List<TreeEntry> entries = new ArrayList<>();
        reader.forEach(root, entries::add);
        return entries;
    }

    @Test
    void shouldReadWhatWasStoredInTheOrderOfHashes() {
        List<TreeEntry> entries =
                IntStream.range(0, 3000).mapToObj(i -> entry(i, "state " + i)).toList();
        ContentHash root = store(entries);
        assertThat(read(root))
                .containsExactlyInAnyOrderElementsOf(entries)
                .isSortedAccordingTo((one, other) -> one.image().compareTo(other.image()));
        assertThat(store(entries.reversed())).isEqualTo(root);
        assertThat(reader.find(root, entries.get(7).image())).contains(entries.get(7));
        assertThat(reader.find(root, ContentHash.ofText("another"))).isEmpty();
    }

    @Test
    void shouldNameAllDifferencesAndNoOthers() {
        List<TreeEntry> before =
                IntStream.range(0, 2000).mapToObj(i -> entry(i, "old")).toList();
        List<TreeEntry> after = IntStream.range(10, 2005)
                .mapToObj(i -> entry(i, i < 30 ? "new" : "old"))
                .toList();
        List<TreeReader.StateDifference> differences = new ArrayList<>();
        reader.differences(Optional.of(store(before)), Optional.of(store(after)), differences::add);
        assertThat(differences).hasSize(10 + 20 + 5);
        assertThat(differences.stream().filter(each -> each.after().isEmpty())).hasSize(10);
        assertThat(differences.stream().filter(each -> each.before().isEmpty())).hasSize(5);
        List<TreeReader.StateDifference> all = new ArrayList<>();
        reader.differences(Optional.empty(), Optional.of(store(after)), all::add);
        assertThat(all).hasSize(1995);
    }

    /** Images come and go at random: the tree is the one that is built at once. */
    @Test
    void shouldDependOnItsImagesAndNotOnTheirHistory() {
        Random random = new Random(4);
        SortedMap<ContentHash, TreeEntry> present = new TreeMap<>();
        Optional<ContentHash> root = Optional.empty();
        for (int size : new int[] {40, 70, 1500, 60, 4000, 1, 0, 300}) {
            SortedMap<ContentHash, Optional<TreeEntry>> changes = new TreeMap<>();
            for (int i = 0; i < 30; i++) {
                TreeEntry entry = entry(random.nextInt(5000), "state " + random.nextInt(3));
                changes.put(entry.image(), Optional.of(entry));
                present.put(entry.image(), entry);
            }
            while (present.size() != size) {
                TreeEntry entry = entry(random.nextInt(5000), "state " + random.nextInt(3));
                boolean isMore = present.size() < size;
                ContentHash image = isMore ? entry.image() : present.firstKey();
                changes.put(image, isMore ? Optional.of(entry) : Optional.empty());
                if (isMore) {
                    present.put(image, entry);
                } else {
                    present.remove(image);
                }
            }
            root = Optional.of(update(root, changes));
            assertThat(read(root.get())).containsExactlyElementsOf(present.values());
            assertThat(store(List.copyOf(present.values()))).isEqualTo(root.get());
        }
    }

    @Test
    void shouldWriteOnlyNodesAboveWhatChanged() {
        List<TreeEntry> entries =
                IntStream.range(0, 5000).mapToObj(i -> entry(i, "old")).toList();
        ContentHash root = store(entries);
        List<Long> places = new ArrayList<>();
        ContentHash after = new TreeUpdate(this::stored, (hash, place, content) -> {
                    nodes.put(hash, content);
                    places.add(place);
                })
                .apply(Optional.of(root), put(List.of(entry(7, "new"))));
        assertThat(after).isNotEqualTo(root);
        assertThat(places).hasSizeBetween(2, 4).filteredOn(place -> place > 0).hasSize(1);
        assertThat(entry(7, "new").image().places()).containsAll(places.subList(0, 1));
    }

    @Test
    void shouldKeepTheHashOfALeafWhoseStateWasErased() {
        TreeLeaf leaf = new TreeLeaf(List.of(entry(1, "cat"), entry(2, "dog")));
        TreeLeaf erased = leaf.forget(ContentHash.ofText("image 1"));
        assertThat(erased.hash()).isEqualTo(leaf.hash());
        assertThat(TreeNode.read(erased.write())).isEqualTo(erased);
        assertThat(new String(erased.write(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("cat");
        assertThat(erased.isIntact()).isTrue();
    }

    @Test
    void shouldRefuseADamagedNode() {
        List<TreeEntry> entries = List.of(entry(1, "cat"));
        ContentHash root = store(entries);
        ContentHash leaf = new TreeLeaf(entries).hash();
        nodes.put(
                leaf,
                new TreeLeaf(List.of(new TreeEntry(
                                entries.getFirst().image(), entries.getFirst().stateHash(), Optional.of("dog"))))
                        .write());
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> read(root))
                .withMessageContaining("is damaged");
        nodes.put(leaf, new byte[] {1, 2, 3});
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> read(root))
                .withMessageContaining("is damaged");
    }

    @Test
    void shouldOrderAndReadHashesAsBytes() {
        ContentHash low = ContentHash.parse("00".repeat(32));
        ContentHash high = ContentHash.parse("ff".repeat(32));
        assertThat(low).isLessThan(high);
        assertThat(ContentHash.ofBytes(high.bytes())).isEqualTo(high);
        assertThat(high.digit(15)).isEqualTo(15);
        assertThat(high.places()).startsWith(1L, 31L, 511L).hasSize(16);
        assertThat(ContentHash.ofText("abc"))
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
