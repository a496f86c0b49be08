package dev.fovea.datasets.watch;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Waits until something happens in folders. Only a reason to look: events may be lost, and network file systems send
 * none, so that a wait ends by itself as well. Closing it ends a wait at once.
 */
public final class FolderEvents implements AutoCloseable {

    private final WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();

    private FolderEvents(WatchService service) {
        this.service = service;
    }

    /** For the file system of a folder. */
    public static FolderEvents of(Path folder) {
        try {
            return new FolderEvents(folder.getFileSystem().newWatchService());
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "%s cannot be watched. Raise the limit of inotify instances, or use --once in a schedule."
                            .formatted(folder),
                    e);
        }
    }

    /** Watches these folders and no others. One that cannot be watched is looked at when the wait ends. */
    public void watch(List<Path> folders) {
        keys.entrySet().removeIf(entry -> {
            if (folders.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().cancel();
            return true;
        });
        for (Path folder : folders) {
            if (!keys.containsKey(folder)) {
                register(folder);
            }
        }
    }

    private void register(Path folder) {
        try {
            keys.put(
                    folder,
                    folder.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException | ClosedWatchServiceException e) {
            System.getLogger(FolderEvents.class.getName())
                    .log(System.Logger.Level.DEBUG, folder + " is looked at by time only", e);
        }
    }

    /** Waits for an event, at most so long; false when this was closed. */
    public boolean await(Duration most) throws InterruptedException {
        try {
            WatchKey key = service.poll(most.toMillis(), TimeUnit.MILLISECONDS);
            while (key != null) {
                key.pollEvents();
                boolean valid = key.reset();
                if (!valid) {
                    keys.values().remove(key);
                }
                key = service.poll();
            }
            return true;
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            System.getLogger(FolderEvents.class.getName()).log(System.Logger.Level.DEBUG, "The process ends anyway", e);
        }
    }
}
