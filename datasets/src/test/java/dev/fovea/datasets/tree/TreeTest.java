package dev.fovea.datasets.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TreeTest {

    private final Map<ContentHash, byte[]> nodes = new HashMap<>();
    private final TreeReader reader = new TreeReader(nodes::get);

    private static TreeEntry entry(int number, String state) {
        return new TreeEntry(ContentHash.ofText("image " + number), state);
    }

    /** Stores the tree of some images the plain way, level by level from the leaves up. */
    private ContentHash store(List<TreeEntry> entries) {
        SortedMap<Integer, List<TreeEntry>> byLeaf = new TreeMap<>();
        entries.forEach(entry -> byLeaf.computeIfAbsent(entry.image().leaf(), _ -> new ArrayList<>())
                .add(entry));
        SortedMap<Integer, ContentHash> level = new TreeMap<>();
        byLeaf.forEach((leaf, images) -> {
            TreeLeaf node = new TreeLeaf(images);
            nodes.put(node.hash(), node.write());
            level.put(leaf, node.hash());
        });
        SortedMap<Integer, ContentHash> below = level;
        for (int i = 0; i < InnerNode.LEVELS; i++) {
            SortedMap<Integer, SortedMap<Integer, ContentHash>> grouped = new TreeMap<>();
            below.forEach((number, hash) ->
                    grouped.computeIfAbsent(number >>> 4, _ -> new TreeMap<>()).put(number & 15, hash));
            SortedMap<Integer, ContentHash> above = new TreeMap<>();
            grouped.forEach((number, children) -> {
                InnerNode node = new InnerNode(children);
                nodes.put(node.hash(), node.write());
                above.put(number, node.hash());
            });
            below = above;
        }
        return below.get(0);
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

    @Test
    void shouldKeepTheHashOfALeafWhoseStateWasErased() {
        TreeLeaf leaf = new TreeLeaf(List.of(entry(1, "cat"), entry(2, "dog")));
        TreeLeaf erased = leaf.forget(ContentHash.ofText("image 1"));
        assertThat(erased.hash()).isEqualTo(leaf.hash());
        assertThat(TreeLeaf.read(erased.write())).isEqualTo(erased);
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
        assertThat(high.leaf()).isEqualTo(65_535);
        assertThat(ContentHash.ofText("abc"))
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
