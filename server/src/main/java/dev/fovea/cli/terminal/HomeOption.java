package dev.fovea.cli.terminal;

import dev.fovea.storage.Home;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where everything is kept: {@code --home}, else the environment's {@code FOVEA_HOME}, else {@code ~/.fovea}. */
public final class HomeOption {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Directory of the home (default: FOVEA_HOME, else ~/.fovea).")
    private @Nullable Path home;

    public Path path() {
        return Optional.ofNullable(home)
                .or(() -> Optional.ofNullable(System.getenv("FOVEA_HOME")).map(Path::of))
                .orElseGet(Home::usual)
                .toAbsolutePath();
    }
}
