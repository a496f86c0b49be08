package dev.fovea.datasets.archive;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;

/** The files of a TAR archive: POSIX ustar and pax, and GNU's long names. */
final class TarEntries {

    private static final int MAX_EXTENSION = 1 << 20;

    private final InputStream in;
    private final ArchiveIntake intake;
    private TarExtension extension = TarExtension.NONE;

    private TarEntries(InputStream in, ArchiveIntake intake) {
        this.in = in;
        this.intake = intake;
    }

    static void read(InputStream in, ArchiveIntake intake) throws IOException {
        TarEntries entries = new TarEntries(in, intake);
        byte[] block = in.readNBytes(TarHeader.BLOCK);
        if (block.length == 0) {
            throw new EOFException("an empty archive");
        }
        while (block.length > 0 && !TarHeader.isEnd(block)) {
            if (block.length < TarHeader.BLOCK) {
                throw new EOFException("a header is cut short");
            }
            entries.entry(TarHeader.parse(block));
            block = in.readNBytes(TarHeader.BLOCK);
        }
    }

    private void entry(TarHeader header) throws IOException {
        switch (header.type()) {
            case 'L' -> extension = extension.withName(TarHeader.text(extension(header), 0, (int) header.size()));
            case 'K' -> extension(header);
            case 'x' -> extension = extension.with(extension(header));
            case 'g' -> extension(header);
            default -> {
                String name = extension.name().orElse(header.name());
                long size = extension.size().orElse(header.size());
                extension = TarExtension.NONE;
                member(header.type(), name, size);
            }
        }
    }

    private void member(char type, String name, long size) throws IOException {
        intake.begin(name);
        boolean isFile = type == '0' || type == '\0' || type == '7';
        boolean isFolder = type == '5' || (isFile && name.endsWith("/"));
        if (isFile && !isFolder && intake.wants(name, size)) {
            Part content = new Part(in, size);
            intake.take(name, content);
            pass(name, content.left(), size);
            return;
        }
        if (!isFile && !isFolder) {
            intake.skip(name, type == '1' || type == '2' ? "a link" : "not a regular file");
        }
        pass(name, size, size);
    }

    /** What is left of a member, and the filling of its last block. */
    private void pass(String name, long left, long size) throws IOException {
        long padded = left + (TarHeader.BLOCK - size % TarHeader.BLOCK) % TarHeader.BLOCK;
        while (padded > 0) {
            long step = Math.min(padded, 1 << 20);
            in.skipNBytes(step);
            intake.unpacked(name, step);
            padded -= step;
        }
    }

    private byte[] extension(TarHeader header) throws IOException {
        if (header.size() > MAX_EXTENSION) {
            throw new StreamCorruptedException("a name or attribute of %,d bytes".formatted(header.size()));
        }
        byte[] bytes = in.readNBytes((int) header.size());
        if (bytes.length < header.size()) {
            throw new EOFException("an extended header is cut short");
        }
        pass(header.name(), 0, header.size());
        return bytes;
    }

    /** The bytes of one member; the end of the archive before its end is an error. */
    private static final class Part extends FilterInputStream {

        private long left;

        Part(InputStream in, long size) {
            super(in);
            this.left = size;
        }

        long left() {
            return left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int at, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = super.read(bytes, at, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException("a file is cut short");
            }
            left -= read;
            return read;
        }
    }
}
