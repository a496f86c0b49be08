package dev.fovea.imaging;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * The process's native memory, as malloc counts it: what OpenCV's objects take. The resident size also has the Java
 * heap, which grows and shrinks as the collector sees fit.
 */
final class NativeMemory {

    /** {@code struct mallinfo2}: ten of {@code size_t} (mallinfo(3)). */
    private static final MemoryLayout FIGURES = MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG);

    private static final int MAPPED_BYTES = 4;
    private static final int USED_BYTES = 7;

    private NativeMemory() {}

    /** Kilobytes that are allocated now; empty where the C library does not count them (glibc 2.33 and newer do). */
    static Optional<Long> allocatedKb() {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return library.find("mallinfo2").map(function -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment figures = (MemorySegment)
                        linker.downcallHandle(function, FunctionDescriptor.of(MemoryLayout.structLayout(FIGURES)))
                                .invokeExact((SegmentAllocator) arena);
                return (figures.getAtIndex(ValueLayout.JAVA_LONG, MAPPED_BYTES)
                                + figures.getAtIndex(ValueLayout.JAVA_LONG, USED_BYTES))
                        / 1024;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        });
    }
}
