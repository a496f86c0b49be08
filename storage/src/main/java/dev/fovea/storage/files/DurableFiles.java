package dev.fovea.storage.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Durable files: written completely, synchronized, and then renamed. */
public final class DurableFiles {

    private static final int CHUNK = 1 << 16;
    private static final boolean DIRECTORIES_SYNC =
            !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private final ChannelOpener opener;

    /** Opens a new file for writing; tests simulate a full disk here. */
    @FunctionalInterface
    public interface ChannelOpener {
        /** A channel to a file that did not exist before. */
        FileChannel create(Path file) throws IOException;
    }

    public DurableFiles() {
        this(file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    public DurableFiles(ChannelOpener opener) {
        this.opener = opener;
    }

    /** Writes a new file to the disk and returns the SHA-256 of its content in hexadecimal. */
    String write(InputStream content, Path file) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel channel = opener.create(file);
                DigestInputStream in = new DigestInputStream(content, digest)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, read);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Gives a finished file or directory its final name, replacing a file of that name; durable on return. */
    void publish(Path finished, Path name) throws IOException {
        Path parent = parent(name);
        Files.createDirectories(parent);
        Files.move(finished, name, StandardCopyOption.ATOMIC_MOVE);
        confirm(name);
    }

    /** Makes an existing name durable, also one that another process gave it. */
    void confirm(Path name) throws IOException {
        Path parent = parent(name);
        syncDirectory(parent);
        syncDirectory(parent(parent)); // the parent itself may be new
    }

    /** Synchronizes a directory; Windows does that itself and has no call for it. */
    void syncDirectory(Path directory) throws IOException {
        if (DIRECTORIES_SYNC) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** The SHA-256 of a file's content in hexadecimal. */
    public static String hash(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The SHA-256 of bytes in hexadecimal. */
    public static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** Removes a file or a whole directory, if it is there. */
    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " has no parent");
        }
        return parent;
    }
}
