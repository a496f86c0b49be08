package dev.fovea.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Linux's scheduling policy for threads that run only where a core would be idle: {@code SCHED_IDLE} of sched(7). A
 * thread that wakes with the usual policy takes the core at once.
 */
final class IdleScheduling {

    private static final int SCHED_IDLE = 5;
    private static final int CALLING_THREAD = 0;

    private IdleScheduling() {}

    /**
     * Moves the calling platform thread to the idle policy until it ends.
     *
     * @return whether the system knows the policy and allowed it; elsewhere the thread goes on as before
     */
    static boolean enter() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> function = linker.defaultLookup().find("sched_setscheduler");
        if (function.isEmpty()) {
            return false;
        }
        MethodHandle setScheduler = linker.downcallHandle(
                function.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment priority = arena.allocate(ValueLayout.JAVA_INT); // struct sched_param: must be 0
            return (int) setScheduler.invokeExact(CALLING_THREAD, SCHED_IDLE, priority) == 0;
        } catch (Throwable e) { // MethodHandle.invokeExact declares it
            throw new IllegalStateException(e);
        }
    }
}
