package dev.fovea.runtime;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Linux's nice value of a thread: the share of a busy core that it gets beside others. See setpriority(2) and sched(7).
 *
 * <p>{@code SCHED_IDLE} would disturb others even less, but a thread that gets no processor time where other processes
 * are busy cannot reach a safepoint, and stops all threads of this process meanwhile.
 */
final class ThreadNiceness {

    /** A tenth of the share of a usual thread. */
    static final int BACKGROUND = 10;

    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;

    private ThreadNiceness() {}

    /**
     * Sets the nice value of the calling platform thread until it ends.
     *
     * @return whether the system knows nice values and allowed it; elsewhere the thread goes on as before
     */
    static boolean set(int nice) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> function = linker.defaultLookup().find("setpriority");
        if (function.isEmpty()) {
            return false;
        }
        MethodHandle setPriority = linker.downcallHandle(
                function.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            return (int) setPriority.invokeExact(PRIO_PROCESS, CALLING_THREAD, nice) == 0;
        } catch (Throwable e) { // MethodHandle.invokeExact declares it
            throw new IllegalStateException(e);
        }
    }
}
