package dev.fovea.storage;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.sql.Transaction;
import dev.fovea.storage.traffic.LogCopy;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Copies a home, rows, blobs and the prediction log, into an empty one; each may use any storage. Files go first and
 * rows last, all in one transaction: an interrupted copy leaves no rows and can be repeated.
 */
public final class HomeCopy {

    private final Home from;
    private final Home to;
    private final CopyProgress progress;

    /** A copy that is not started; the caller closes both homes. */
    public HomeCopy(Home from, Home to, CopyProgress progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /** Receives the progress. */
    @FunctionalInterface
    public interface CopyProgress {
        /** {@code done} of {@code of} bundles, packs of images and files of the prediction log are copied. */
        void copied(int done, int of);
    }

    /**
     * The verified content of the copy.
     *
     * @param rows number of rows of each table
     * @param bundles of versions
     * @param packs of images, and of thumbnails of evaluations
     * @param logFiles of the prediction log
     */
    public record CopyReport(SortedMap<String, Long> rows, int bundles, int packs, int logFiles) {

        /** Rows of all tables. */
        public long allRows() {
            return rows.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Copies and compares.
     *
     * @throws FoveaException {@code STATE_CONFLICT} when the target is not empty, {@code BUNDLE_CORRUPT} when a bundle
     *     of the source is damaged, {@code STORAGE_FAILED} when the copy is not the same
     */
    public CopyReport run() {
        RowCopy.requireEmpty(to.stores().database());
        return from.stores().database().read(this::copy);
    }

    private CopyReport copy(Transaction source) throws SQLException {
        List<String> bundles =
                source.list("SELECT DISTINCT bundle FROM model_version ORDER BY bundle", row -> row.getString(1));
        List<String> packs = source.list(
                "SELECT pack FROM evaluation_image WHERE pack IS NOT NULL UNION SELECT pack FROM image WHERE pack IS NOT NULL UNION SELECT blob AS pack FROM keep_candidate ORDER BY pack",
                row -> row.getString(1));
        LogCopy log = LogCopy.of(from.production().traffic(), to.production().traffic());
        int all = bundles.size() + packs.size() + log.files();
        AtomicInteger done = new AtomicInteger();
        for (String id : bundles) {
            copyBundle(id);
            progress.copied(done.incrementAndGet(), all);
        }
        for (String id : packs) {
            copyPack(id);
            progress.copied(done.incrementAndGet(), all);
        }
        log.run(() -> progress.copied(done.incrementAndGet(), all));
        SortedMap<String, RowCopy.TableContent> expected = RowCopy.contents(source);
        RowCopy.copy(source, to.stores().database());
        SortedMap<String, RowCopy.TableContent> found = to.stores().database().read(RowCopy::contents);
        for (Map.Entry<String, RowCopy.TableContent> table : expected.entrySet()) {
            requireSame("table " + table.getKey(), table.getValue(), found.get(table.getKey()));
        }
        SortedMap<String, Long> rows = new TreeMap<>();
        expected.forEach((name, content) -> rows.put(name, content.count()));
        return new CopyReport(rows, bundles.size(), packs.size(), log.files());
    }

    private void copyBundle(String id) {
        requireSame(
                "id of the bundle",
                id,
                to.stores().bundles().put(from.stores().bundles().path(id)));
        requireSame(
                "bundle " + id,
                from.stores().bundles().hashes(id),
                to.stores().bundles().hashes(id));
    }

    private void copyPack(String id) {
        byte[] bytes = from.stores().blobs().read(id);
        requireSame("id of the blob", id, to.stores().blobs().put(bytes));
        requireSame("size of the blob " + id, bytes.length, to.stores().blobs().read(id).length); // checks its hash
    }

    private static void requireSame(String what, Object expected, @Nullable Object found) {
        if (!expected.equals(found)) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "The copy is not the same: the %s is %s and should be %s. Delete the copy, check both disks and try again."
                            .formatted(what, found, expected));
        }
    }
}
