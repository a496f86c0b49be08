package dev.fovea.storage.s3;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.ParallelWork;
import dev.fovea.datasets.SkippedFile;
import dev.fovea.datasets.archive.ArchiveLimits;
import dev.fovea.datasets.archive.EntryName;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The objects below a prefix, copied to a folder in which they are read as any other folder is; closing it deletes the
 * folder. Objects that cannot be read are left out and named.
 *
 * @param folder where the copies are
 * @param address of the prefix, ending with a slash
 * @param skipped keys below the prefix that were left out, with reasons
 */
public record CopiedPrefix(Path folder, String address, List<SkippedFile> skipped) implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final int LONGEST_KEY = 1024;
    private static final int LONGEST_NAME = 255;
    private static final ArchiveLimits LIMITS = ArchiveLimits.DEFAULT;

    public CopiedPrefix {
        skipped = List.copyOf(skipped);
    }

    /**
     * Copies a prefix, once it is known that there is room for it.
     *
     * @param folder that does not exist yet
     * @param maxImageBytes larger images are left out
     * @throws FoveaException {@code DATASET_INVALID} when there is nothing to read or far too much,
     *     {@code ARGUMENT_INVALID} for a bucket that is missing or denied, {@code STORAGE_FAILED} for a full disk,
     *     {@code STORAGE_UNAVAILABLE}; nothing stays then
     */
    public static CopiedPrefix of(S3Settings source, Path folder, long maxImageBytes, IngestProgress progress) {
        boolean complete = false;
        try (S3Prefix prefix = S3Prefix.open(source)) {
            Files.createDirectories(folder);
            int total = requireRoom(prefix, folder, maxImageBytes);
            List<SkippedFile> skipped = new ArrayList<>();
            AtomicInteger done = new AtomicInteger();
            prefix.forEachPage(page -> {
                int before = done.getAndAdd(page.size());
                new ParallelWork(CONNECTIONS)
                        .map(
                                page,
                                each -> copy(prefix, each, folder, maxImageBytes),
                                (copied, _) -> progress.at(before + copied, total))
                        .forEach(left -> left.ifPresent(skipped::add));
            });
            complete = true;
            return new CopiedPrefix(folder, prefix.address(), skipped);
        } catch (IOException e) {
            throw StorageFailure.of("Copying objects", folder, e);
        } finally {
            if (!complete) {
                delete(folder);
            }
        }
    }

    /** The address of the object that a file is the copy of. */
    public String origin(Path file) {
        return address + folder.relativize(file).toString().replace('\\', '/');
    }

    /** A text with addresses instead of the paths of copies. */
    public String named(String text) {
        return text.replace(folder + "/", address).replace(folder.toString(), address);
    }

    /** Returns the number of objects. */
    private static int requireRoom(S3Prefix prefix, Path folder, long maxImageBytes) throws IOException {
        AtomicInteger objects = new AtomicInteger();
        AtomicLong bytes = new AtomicLong();
        prefix.forEachPage(page -> {
            page.stream()
                    .filter(each -> refusal(each, maxImageBytes).isEmpty())
                    .forEach(each -> bytes.addAndGet(each.bytes()));
            if (objects.addAndGet(page.size()) > LIMITS.maxEntries()) {
                throw new FoveaException(
                        ErrorCode.DATASET_INVALID,
                        "%s has more than %,d objects. Add the folders in it one by one."
                                .formatted(prefix.address(), LIMITS.maxEntries()));
            }
        });
        if (objects.get() == 0) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "There are no objects below %s. Check the prefix, which is read as a folder."
                            .formatted(prefix.address()));
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (bytes.get() > free) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "The objects below %s have %,d bytes, and the disk of %s has %,d. Free space, or add the folders in it one by one."
                            .formatted(prefix.address(), bytes.get(), folder, free));
        }
        return objects.get();
    }

    /** Why an object is not read. */
    private static Optional<String> refusal(S3Prefix.Listed object, long maxImageBytes) {
        String name = object.name();
        if (EntryName.isHidden(name)) {
            return Optional.of("hidden");
        }
        if (!isPath(name)) {
            return Optional.of("its key is not the path of a file below the prefix");
        }
        if (EntryName.isArchive(name)) {
            return Optional.of("an archive; unpack it first");
        }
        long limit = ImageFormat.looksLikeImage(name) ? maxImageBytes : LIMITS.maxEntryBytes();
        return object.bytes() > limit
                ? Optional.of("it has %,d bytes; the limit is %,d".formatted(object.bytes(), limit))
                : Optional.empty();
    }

    private static boolean isPath(String name) {
        return name.length() <= LONGEST_KEY
                && Printable.isPlain(name)
                && name.indexOf('\\') < 0
                && !EntryName.escapes(name)
                && Stream.of(name.split("/", -1))
                        .allMatch(part -> !part.isEmpty()
                                && !part.equals(".")
                                && part.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME);
    }

    /** On a worker; why the object was left out. */
    private static Optional<SkippedFile> copy(
            S3Prefix prefix, S3Prefix.Listed object, Path folder, long maxImageBytes) {
        Optional<String> refusal = refusal(object, maxImageBytes);
        return (refusal.isPresent() ? refusal : copied(prefix, object, folder.resolve(object.name())))
                .map(reason -> new SkippedFile(Printable.word(object.name()), reason));
    }

    private static Optional<String> copied(S3Prefix prefix, S3Prefix.Listed object, Path file) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            return prefix.copy(object, file);
        } catch (IOException e) {
            if (e instanceof FileAlreadyExistsException || Files.isDirectory(file)) {
                return Optional.of("another object has this key as its folder");
            }
            throw StorageFailure.of("Copying an object", file, e);
        }
    }

    @Override
    public void close() {
        delete(folder);
    }

    private static void delete(Path folder) {
        try {
            DurableFiles.deleteTree(folder);
        } catch (IOException e) {
            System.getLogger(CopiedPrefix.class.getName())
                    .log(System.Logger.Level.DEBUG, "The next opening of the home removes it", e);
        }
    }
}
