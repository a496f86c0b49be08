package dev.fovea.datasets.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All images whose hashes begin with the same bits, where these are no more than {@link #LARGEST}. Its hash is of the
 * hashes of images and states, so that a state can be erased and the hash still be verified.
 *
 * @param entries ordered by the image's hash
 */
public record TreeLeaf(List<TreeEntry> entries) implements TreeNode {

    /** More images than this have a node of their own above them. */
    public static final int LARGEST = 64;

    static final byte KIND = 'L';

    private static final int ERASED = -1;

    public TreeLeaf {
        entries = isSorted(entries)
                ? List.copyOf(entries)
                : entries.stream()
                        .sorted(Comparator.comparing(TreeEntry::image))
                        .toList();
    }

    private static boolean isSorted(List<TreeEntry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i - 1).image().compareTo(entries.get(i).image()) > 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int images() {
        return entries.size();
    }

    @Override
    public ContentHash hash() {
        ByteBuffer buffer = ByteBuffer.allocate(1 + entries.size() * 2 * ContentHash.BYTES);
        buffer.put(KIND);
        for (TreeEntry entry : entries) {
            entry.image().write(buffer);
            entry.stateHash().write(buffer);
        }
        return ContentHash.of(buffer.array());
    }

    /** The leaf without the state of one image. */
    public TreeLeaf forget(ContentHash image) {
        return new TreeLeaf(entries.stream()
                .map(entry -> entry.image().equals(image) ? entry.forgotten() : entry)
                .toList());
    }

    /** The entry of an image. */
    public Optional<TreeEntry> find(ContentHash image) {
        return entries.stream().filter(entry -> entry.image().equals(image)).findFirst();
    }

    @Override
    public byte[] write() {
        List<byte[]> states = new ArrayList<>(entries.size());
        int size = 1;
        for (TreeEntry entry : entries) {
            byte[] state = entry.state()
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .orElse(new byte[0]);
            states.add(state);
            size += 2 * ContentHash.BYTES + Integer.BYTES + state.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        buffer.put(KIND);
        for (int i = 0; i < entries.size(); i++) {
            TreeEntry entry = entries.get(i);
            entry.image().write(buffer);
            entry.stateHash().write(buffer);
            buffer.putInt(entry.state().isPresent() ? states.get(i).length : ERASED);
            buffer.put(states.get(i));
        }
        return buffer.array();
    }

    static TreeLeaf read(ByteBuffer buffer) {
        List<TreeEntry> entries = new ArrayList<>();
        while (buffer.remaining() >= 2 * ContentHash.BYTES + Integer.BYTES) {
            ContentHash image = ContentHash.read(buffer);
            ContentHash stateHash = ContentHash.read(buffer);
            int length = buffer.getInt();
            if (length > buffer.remaining()) {
                break;
            }
            entries.add(new TreeEntry(image, stateHash, state(buffer, length)));
        }
        if (buffer.hasRemaining()) {
            throw new IllegalArgumentException("a leaf that is cut short");
        }
        return new TreeLeaf(entries);
    }

    private static Optional<String> state(ByteBuffer buffer, int length) {
        if (length == ERASED) {
            return Optional.empty();
        }
        byte[] text = new byte[length];
        buffer.get(text);
        return Optional.of(new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public boolean isIntact() {
        return entries.stream()
                .allMatch(entry -> entry.state()
                        .map(state -> ContentHash.ofText(state).equals(entry.stateHash()))
                        .orElse(true));
    }
}
