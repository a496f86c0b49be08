package dev.fovea.runtime.session;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bounds the time in which a network is opened, validated and warmed up: constants that take for ever to fold and loops
 * of a thousand million turns hold up nobody for longer.
 */
public final class LoadLimit {

    /** Native code that walks deep graphs recursively. */
    private static final long STACK_BYTES = 16L << 20;

    private static final Pattern BUFFER = Pattern.compile("buffer of size (\\d{1,18})");

    private LoadLimit() {}

    /**
     * Opens something on a thread of its own, because opening cannot be interrupted: when the time is up, the thread is
     * left behind and closes what it still opens.
     *
     * @param what names the network in messages
     * @throws FoveaException {@code MODEL_LIMIT_EXCEEDED}, or {@code CANCELLED} when this thread is interrupted
     * @throws Exception what {@code opening} throws
     */
    static <T extends AutoCloseable> T open(String what, Duration limit, Callable<T> opening) throws Exception {
        CompletableFuture<T> opened = new CompletableFuture<>();
        Thread thread = new Thread(null, () -> complete(opened, opening), "open-session", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return opened.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            FoveaException tooLong = exceeded(what, limit);
            if (opened.completeExceptionally(tooLong)) {
                throw tooLong;
            }
            return result(opened);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            FoveaException cancelled =
                    new FoveaException(ErrorCode.CANCELLED, "Opening %s was interrupted.".formatted(what), e);
            if (!opened.completeExceptionally(cancelled) && !opened.isCompletedExceptionally()) {
                opened.join().close();
            }
            throw cancelled;
        } catch (ExecutionException e) {
            return result(opened);
        }
    }

    private static <T extends AutoCloseable> void complete(CompletableFuture<T> opened, Callable<T> opening) {
        try {
            T fresh = opening.call();
            if (!opened.complete(fresh)) {
                fresh.close();
            }
        } catch (Throwable e) { // an Error, too, must not leave the caller waiting
            opened.completeExceptionally(e);
        }
    }

    private static <T> T result(CompletableFuture<T> opened) throws Exception {
        try {
            return opened.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Exception cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /** {@code MODEL_LIMIT_EXCEEDED}. */
    static FoveaException exceeded(String what, Duration limit) {
        return new FoveaException(
                ErrorCode.MODEL_LIMIT_EXCEEDED,
                "%s was not loaded within %d s. Does it loop, or compute large constants? Allow more with %s, such as 5m."
                        .formatted(what, limit.toSeconds(), SessionSettings.LIMIT_VARIABLE));
    }

    /** The fault of a network that wants more memory than there is; empty for another fault. */
    private static Optional<FoveaException> tooLarge(String what, FoveaException fault) {
        String said = String.valueOf(fault.getMessage());
        if (!said.contains("Failed to allocate memory") && !said.contains("bad_alloc")) {
            return Optional.empty();
        }
        Matcher size = BUFFER.matcher(said);
        return Optional.of(new FoveaException(
                ErrorCode.MODEL_LIMIT_EXCEEDED,
                "%s needs more memory than there is%s. Does it compute a large constant? Export it without that, for a smaller image, or for fewer images at once."
                        .formatted(
                                what,
                                size.find()
                                        ? String.format(
                                                Locale.ROOT,
                                                ": %,d MB for one tensor",
                                                Long.parseLong(size.group(1)) / 1_000_000)
                                        : ""),
                fault));
    }

    /** Ends a session's runs when the time is up. Its owner closes it before the session. */
    public static final class Watch implements AutoCloseable {

        private final String what;
        private final Duration limit;
        private final Session session;
        private final Thread thread;
        private volatile boolean passed;

        /** Starts to count. */
        public Watch(String what, Session session, Duration limit) {
            this.what = what;
            this.limit = limit;
            this.session = session;
            this.thread = Thread.ofVirtual().name("load-limit").start(this::await);
        }

        private void await() {
            try {
                Thread.sleep(limit);
                passed = true;
                session.terminate();
            } catch (InterruptedException e) {
                // loaded in time
            }
        }

        /** {@code MODEL_LIMIT_EXCEEDED} when the time is up: what a run gave or threw since then means nothing. */
        public void require() {
            if (passed) {
                throw exceeded(what, limit);
            }
        }

        /**
         * Runs a network for the first time.
         *
         * @throws FoveaException {@code MODEL_LIMIT_EXCEEDED} when the time is up or memory does not suffice, else what
         *     {@code runs} throws
         */
        public <T> T run(Supplier<T> runs) {
            try {
                return runs.get();
            } catch (FoveaException e) {
                throw tooLarge(what, e).orElse(e);
            } finally {
                require();
            }
        }

        @Override
        public void close() {
            thread.interrupt();
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join(); // it must not touch a session that is closed
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
