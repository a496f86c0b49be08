package dev.fovea.storage.catalog;

import dev.fovea.datasets.catalog.EmbeddingStore;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Embeddings as rows of half-precision floats, two bytes a number. Rows and not blobs, so that an image that is
 * forgotten loses its embeddings in the same transaction, without rewriting those of others.
 */
public final class SqlEmbeddings implements EmbeddingStore {

    /** 1 GiB: 1.4 million images with 358 numbers each. */
    public static final long MAX_BYTES = 1L << 30;

    private final Database database;
    private final long maxBytes;

    /** @param maxBytes of all embeddings together, without the overhead of rows */
    public SqlEmbeddings(Database database, long maxBytes) {
        this.database = database;
        this.maxBytes = maxBytes;
    }

    @Override
    public Map<ContentHash, float[]> find(String embedder, Collection<ContentHash> images) {
        if (images.isEmpty()) {
            return Map.of();
        }
        List<Object> parameters = new ArrayList<>(List.of(embedder));
        images.forEach(image -> parameters.add(image.bytes()));
        Map<ContentHash, float[]> found = new HashMap<>();
        database.read(transaction -> transaction.list(
                "SELECT hash, vector FROM embedding WHERE embedder = (SELECT id FROM embedder WHERE name = ?) AND hash IN "
                        + CatalogRows.places(images.size()),
                row -> found.put(StoredColumn.hash(row, 1), floats(StoredColumn.bytes(row, 2))) == null,
                parameters.toArray()));
        return found;
    }

    @Override
    public void put(String embedder, Map<ContentHash, float[]> embeddings) {
        int _ = database.write(transaction -> {
            long id = embedder(transaction, embedder);
            long bytes = embeddings.values().stream()
                    .mapToLong(vector -> 2L * vector.length)
                    .sum();
            if (makeRoom(transaction, id, bytes)) {
                long added = 0;
                for (Map.Entry<ContentHash, float[]> each : embeddings.entrySet()) {
                    added += added(transaction, id, each.getKey(), each.getValue());
                }
                transaction.update("UPDATE embedder SET bytes = bytes + ? WHERE id = ?", added, id);
            }
            return 0;
        });
    }

    private static long embedder(Transaction transaction, String name) throws SQLException {
        transaction.update(
                "INSERT INTO embedder (id, name, used, bytes) SELECT COALESCE(MAX(id), 0) + 1, ?, 0, 0 FROM embedder WHERE 1 = 1 ON CONFLICT (name) DO NOTHING",
                name);
        transaction.update("UPDATE embedder SET used = ? WHERE name = ?", CatalogRows.micros(Instant.now()), name);
        return transaction
                .first("SELECT id FROM embedder WHERE name = ?", row -> StoredColumn.whole(row, 1), name)
                .orElseThrow();
    }

    /** Bytes that were added. */
    private static int added(Transaction transaction, long embedder, ContentHash image, float[] vector)
            throws SQLException {
        int rows = transaction.update(
                "INSERT INTO embedding (embedder, hash, vector) SELECT ?, hash, ? FROM image WHERE hash = ? ON CONFLICT DO NOTHING",
                embedder,
                bytes(vector),
                image.bytes());
        return rows * 2 * vector.length;
    }

    private record Used(long id, long bytes) {}

    /** Removes the embeddings of others, the longest unused first; false when that is not enough. */
    private boolean makeRoom(Transaction transaction, long embedder, long bytes) throws SQLException {
        List<Used> all = transaction.list(
                "SELECT id, bytes FROM embedder ORDER BY used, id",
                row -> new Used(StoredColumn.whole(row, 1), StoredColumn.whole(row, 2)));
        long total = bytes + all.stream().mapToLong(Used::bytes).sum();
        for (Used each : all) {
            if (total > maxBytes && each.id() != embedder) {
                transaction.update("DELETE FROM embedding WHERE embedder = ?", each.id());
                transaction.update("DELETE FROM embedder WHERE id = ?", each.id());
                total -= each.bytes();
            }
        }
        return total <= maxBytes;
    }

    /** Removes the embeddings of an image, by any embedder. */
    static void erase(Transaction transaction, ContentHash image) throws SQLException {
        transaction.update(
                "UPDATE embedder SET bytes = bytes - (SELECT length(vector) FROM embedding WHERE embedding.embedder = embedder.id AND hash = ?) WHERE id IN (SELECT embedder FROM embedding WHERE hash = ?)",
                image.bytes(),
                image.bytes());
        transaction.update("DELETE FROM embedding WHERE hash = ?", (Object) image.bytes());
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * vector.length);
        for (float value : vector) {
            bytes.putShort(Float.floatToFloat16(value));
        }
        return bytes.array();
    }

    private static float[] floats(byte[] bytes) {
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        float[] vector = new float[bytes.length / 2];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Float.float16ToFloat(halves.getShort());
        }
        return vector;
    }
}
