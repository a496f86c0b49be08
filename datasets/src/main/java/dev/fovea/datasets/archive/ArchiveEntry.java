package dev.fovea.datasets.archive;

/**
 * A file of an archive.
 *
 * @param name path below the archive's root with {@code /} between its parts; never absolute, without {@code .} and
 *     {@code ..}, printable
 * @param bytes its content
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record ArchiveEntry(String name, byte[] bytes) {}
