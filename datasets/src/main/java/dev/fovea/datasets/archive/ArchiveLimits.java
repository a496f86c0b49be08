package dev.fovea.datasets.archive;

/**
 * What an archive may contain. Archives past the limits are refused; entries past theirs are left out.
 *
 * @param maxEntries entries of an archive, folders and what is left out included
 * @param maxEntryBytes unpacked bytes of one entry
 * @param maxTotalBytes unpacked bytes of all entries
 * @param maxRatio unpacked bytes per byte of the archive, once more than {@value #RATIO_FREE} bytes are unpacked.
 *     Deflate reaches 1,032; photographs stay below 2, uncompressed drawings seldom exceed 50
 */
public record ArchiveLimits(long maxEntries, long maxEntryBytes, long maxTotalBytes, double maxRatio) {

    static final long RATIO_FREE = 64L << 20;

    /** A million entries, 256 MB each, 200 GB in all, 100 bytes per byte. */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(1_000_000, 256_000_000, 200_000_000_000L, 100);

    public ArchiveLimits {
        if (maxEntries <= 0 || maxEntryBytes <= 0 || maxTotalBytes <= 0 || !(maxRatio >= 1)) {
            throw new IllegalArgumentException("limits of %d entries, %d and %d bytes, ratio %s; all must be positive"
                    .formatted(maxEntries, maxEntryBytes, maxTotalBytes, maxRatio));
        }
        if (maxEntryBytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "an entry of %d bytes does not fit into memory".formatted(maxEntryBytes));
        }
    }
}
