package dev.fovea.storage.files;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The SHA-256 of every file of a bundle, as {@code sha256sum} writes and checks it. */
public final class BundleListing {

    private BundleListing() {}

    /** Hashes by name as text. */
    public static byte[] write(SortedMap<String, String> hashes) {
        return hashes.entrySet().stream()
                .map(file -> file.getValue() + "  " + file.getKey() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Hashes by name.
     *
     * @param name name of the listing in messages
     * @throws FoveaException {@code BUNDLE_CORRUPT}
     */
    public static SortedMap<String, String> read(byte[] listing, String name) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(listing))
                    .toString();
        } catch (CharacterCodingException e) {
            throw corrupt(name + " is not a text. Restore it from a copy, or register the model again.");
        }
        SortedMap<String, String> hashes = new TreeMap<>();
        for (String line : text.lines().toList()) {
            int gap = line.indexOf("  ");
            if (gap < 0) {
                throw corrupt("%s has a line without a hash: \"%s\". Restore it from a copy.".formatted(name, line));
            }
            hashes.put(line.substring(gap + 2), line.substring(0, gap));
        }
        return hashes;
    }

    /** {@code BUNDLE_CORRUPT} when a bundle of this id is stored with other files. */
    public static void requireSame(String id, Map<String, String> stored, Map<String, String> hashes) {
        if (!stored.equals(hashes)) {
            throw corrupt(("A bundle with this manifest (%s) is stored already, with other content: %s. "
                            + "A manifest must change with the files that it describes.")
                    .formatted(id, difference(stored, hashes)));
        }
    }

    /** The damaged, missing and additional files, as text. */
    static String difference(Map<String, String> expected, Map<String, String> found) {
        SortedMap<String, String> faults = new TreeMap<>();
        expected.forEach((name, hash) -> {
            if (!hash.equals(found.get(name))) {
                faults.put(name, found.containsKey(name) ? "differs" : "is missing");
            }
        });
        found.keySet().stream().filter(name -> !expected.containsKey(name)).forEach(name -> faults.put(name, "is new"));
        return faults.entrySet().stream()
                .map(fault -> fault.getKey() + " " + fault.getValue())
                .collect(Collectors.joining(", "));
    }

    private static FoveaException corrupt(String message) {
        return new FoveaException(ErrorCode.BUNDLE_CORRUPT, message);
    }
}
