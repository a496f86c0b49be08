package dev.fovea.server;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Returns memory that was needed for the start only to the system: the Java heap's garbage and pages of mapped files,
 * such as the archive of classes and native libraries. Pages that are needed again are read from their files, one by
 * one and not with their neighbours. Linux only, from version 5.4; elsewhere nothing happens, and neither where the
 * user may not write a file. See madvise(2).
 */
public final class ColdPages {

    private static final int MADV_RANDOM = 1;
    private static final int MADV_PAGEOUT = 21;
    private static final Path MAPS = Path.of("/proc/self/maps");

    /** Address range, permissions, offset, device, inode, path: proc_pid_maps(5). */
    private static final Pattern LINE =
            Pattern.compile("(\\p{XDigit}+)-(\\p{XDigit}+) (r-[x-][ps]) \\p{XDigit}+ \\S+ \\d+ +(/.*)");

    private ColdPages() {}

    /**
     * A range of addresses that a file backs and that this process cannot write.
     *
     * @param start its first address
     * @param bytes its length
     * @param file the file's path
     */
    record Mapping(long start, long bytes, String file) {

        /** The mapping of a line of {@code /proc/self/maps}; empty for memory that is writable or of no file. */
        static Optional<Mapping> of(String line) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            long start = Long.parseUnsignedLong(matcher.group(1), 16);
            return Optional.of(
                    new Mapping(start, Long.parseUnsignedLong(matcher.group(2), 16) - start, matcher.group(4)));
        }
    }

    /** Releases once, on a thread of its own, after a delay; a stop of the program does not wait for it. */
    public static void releaseAfter(Duration delay) {
        if (!Files.exists(MAPS)) {
            return;
        }
        CompletableFuture.delayedExecutor(
                        delay.toMillis(),
                        TimeUnit.MILLISECONDS,
                        work -> Thread.ofPlatform().daemon().name("cold-pages").start(work))
                .execute(() -> {
                    System.gc(); // what the start left; the heap then shrinks to what it needs
                    release(_ -> true);
                });
    }

    /**
     * Releases the pages of some mapped files.
     *
     * @return how many bytes of address space were released; 0 where the system cannot
     */
    static long release(Predicate<Mapping> wanted) {
        try {
            List<Mapping> mappings = Files.readAllLines(MAPS).stream()
                    .flatMap(line -> Mapping.of(line).stream())
                    .filter(wanted)
                    .toList();
            MethodHandle madvise = madvise();
            long released = 0;
            for (Mapping mapping : mappings) {
                int _ = (int)
                        madvise.invokeExact(MemorySegment.ofAddress(mapping.start()), mapping.bytes(), MADV_RANDOM);
                int status = (int)
                        madvise.invokeExact(MemorySegment.ofAddress(mapping.start()), mapping.bytes(), MADV_PAGEOUT);
                released += status == 0 ? mapping.bytes() : 0;
            }
            return released;
        } catch (IOException e) {
            return 0; // no /proc, so no Linux
        } catch (Throwable e) { // MethodHandle.invokeExact declares it
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle madvise() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("madvise"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    }
}
