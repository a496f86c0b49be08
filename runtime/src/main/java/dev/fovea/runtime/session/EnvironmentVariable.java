package dev.fovea.runtime.session;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * A variable in this process's C environment, which native libraries read when they load. Java's own copy
 * ({@link System#getenv}) keeps the values that the process started with.
 */
record EnvironmentVariable(String name) {

    private static final int OVERWRITE = 1;

    /**
     * Sets the variable, unless the process was started with this value. Call it before the library that reads it is
     * loaded.
     *
     * @throws FoveaException {@code INTERNAL} when the platform's C library cannot be called
     */
    void set(String value) {
        if (value.equals(System.getenv(name))) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            int status = call(arena, value);
            if (status != 0) {
                throw failed(value, "status " + status, Optional.empty());
            }
        }
    }

    private int call(Arena arena, String value) {
        try {
            var nameText = arena.allocateFrom(name);
            var valueText = arena.allocateFrom(value);
            if (System.getProperty("os.name", "").startsWith("Windows")) {
                MethodHandle put = handle(
                        SymbolLookup.libraryLookup("ucrtbase", arena),
                        "_putenv_s",
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
                return (int) put.invokeExact(nameText, valueText);
            }
            MethodHandle set = handle(
                    Linker.nativeLinker().defaultLookup(),
                    "setenv",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            return (int) set.invokeExact(nameText, valueText, OVERWRITE);
        } catch (Throwable e) { // MethodHandle.invokeExact declares it
            throw failed(value, e.toString(), Optional.of(e));
        }
    }

    private static MethodHandle handle(SymbolLookup library, String function, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(function), descriptor);
    }

    private FoveaException failed(String value, String reason, Optional<Throwable> cause) {
        String message = "%s=%s could not be set for this process (%s). Set it in the environment and start again."
                .formatted(name, value, reason);
        return cause.map(e -> new FoveaException(ErrorCode.INTERNAL, message, e))
                .orElseGet(() -> new FoveaException(ErrorCode.INTERNAL, message));
    }
}
