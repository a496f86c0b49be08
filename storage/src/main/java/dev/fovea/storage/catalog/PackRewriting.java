package dev.fovea.storage.catalog;

import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.PendingPacks;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pack that is written anew without an image. Of the data sets it keeps the other images, of evaluations, which keep
 * their figures, the thumbnails of the others.
 *
 * @param content whose rows refer to the pack
 * @param pack the pack as it is
 * @param kept what it keeps, in order
 * @param other the new pack; empty until it is written, and where nothing is kept
 * @param positions of what is kept in the new pack
 */
record PackRewriting(Content content, String pack, List<Part> kept, String other, List<Long> positions) {

    /** What a pack is made of. */
    enum Content {
        IMAGES(
                "SELECT pack FROM image WHERE hash = ? AND pack IS NOT NULL",
                "SELECT position, length FROM image WHERE pack = ? AND hash <> ? ORDER BY position",
                "UPDATE image SET pack = ?, position = ? WHERE pack = ? AND position = ?"),
        THUMBNAILS(
                "SELECT DISTINCT pack FROM evaluation_image WHERE content_hash = ? AND pack IS NOT NULL ORDER BY pack",
                "SELECT DISTINCT pack_offset, pack_length FROM evaluation_image WHERE pack = ? AND content_hash <> ? ORDER BY pack_offset",
                "UPDATE evaluation_image SET pack = ?, pack_offset = ? WHERE pack = ? AND pack_offset = ?");

        private final String packs;
        private final String parts;
        private final String move;

        Content(String packs, String parts, String move) {
            this.packs = packs;
            this.parts = parts;
            this.move = move;
        }

        private Object key(ContentHash image) {
            return switch (this) {
                case IMAGES -> image.bytes();
                case THUMBNAILS -> image.toString();
            };
        }
    }

    /** A range of bytes. */
    record Part(long position, int length) {}

    PackRewriting {
        kept = List.copyOf(kept);
        positions = List.copyOf(positions);
    }

    /** The packs that contain an image or its thumbnails; none is written yet. */
    static List<PackRewriting> of(Transaction transaction, ContentHash image) throws SQLException {
        List<PackRewriting> rewritings = new ArrayList<>();
        for (Content content : Content.values()) {
            List<String> packs = transaction.list(content.packs, row -> StoredColumn.text(row, 1), content.key(image));
            for (String pack : packs) {
                List<Part> kept = transaction.list(
                        content.parts,
                        row -> new Part(StoredColumn.whole(row, 1), StoredColumn.small(row, 2)),
                        pack,
                        content.key(image));
                rewritings.add(new PackRewriting(content, pack, kept, "", List.of()));
            }
        }
        return rewritings;
    }

    /** The same before it was written. */
    PackRewriting planned() {
        return new PackRewriting(content, pack, kept, "", List.of());
    }

    /** Writes the new pack; not within a transaction. */
    PackRewriting written(Database database, BlobStore blobs) {
        if (kept.isEmpty()) {
            return this;
        }
        byte[] before = blobs.read(pack);
        ByteArrayOutputStream after = new ByteArrayOutputStream(before.length);
        List<Long> places = new ArrayList<>();
        for (Part part : kept) {
            places.add((long) after.size());
            after.writeBytes(Arrays.copyOfRange(before, (int) part.position(), (int) part.position() + part.length()));
        }
        return new PackRewriting(
                content, pack, kept, new PendingPacks(database, blobs).put(after.toByteArray()), places);
    }

    /** Refers to the new pack, and leaves the old one. */
    void apply(Transaction transaction) throws SQLException {
        for (int i = 0; i < kept.size(); i++) {
            transaction.update(
                    content.move, other, positions.get(i), pack, kept.get(i).position());
        }
        if (!kept.isEmpty()) {
            PendingPacks.referred(transaction, List.of(other));
        }
        transaction.update("INSERT INTO leftover (kind, id) VALUES ('PACK', ?) ON CONFLICT DO NOTHING", pack);
    }
}
