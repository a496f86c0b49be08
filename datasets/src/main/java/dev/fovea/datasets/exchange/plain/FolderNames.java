package dev.fovea.datasets.exchange.plain;

/** Class names as names of folders: {@code /}, {@code \} and a dot at the start are written as in addresses. Pure. */
final class FolderNames {

    private FolderNames() {}

    static String encoded(String name) {
        String safe = name.replace("/", "%2F").replace("\\", "%5C");
        return safe.startsWith(".") ? "%2E" + safe.substring(1) : safe;
    }

    static String decoded(String folder) {
        String name = folder.startsWith("%2E") ? "." + folder.substring(3) : folder;
        return name.replace("%2F", "/").replace("%5C", "\\");
    }
}
