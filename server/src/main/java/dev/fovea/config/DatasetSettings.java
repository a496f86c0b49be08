package dev.fovea.config;

import dev.fovea.config.binding.Key;
import java.nio.file.Path;
import java.util.List;

/** Data that callers of the API may name. */
public record DatasetSettings(
        @Key(
                text =
                        "Callers of the API may name data below these directories. Without, they may name data set ids only. A directory with a symbolic link that leads out of them is refused.")
        List<Path> roots) {}
