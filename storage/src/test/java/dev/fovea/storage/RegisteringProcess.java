package dev.fovea.storage;

import dev.fovea.registry.Registry;
import java.time.InstantSource;
import java.util.List;

/** Registers a number of versions and prints the numbers they got. */
final class RegisteringProcess {

    private RegisteringProcess() {}

    public static void main(String[] arguments) {
        try (Home home = Home.open(Pair.settings(List.of(arguments).subList(1, arguments.length)), "0.1.0")) {
            Registry registry = new Registry(home.models(), InstantSource.system());
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                System.out.println(registry.register(Models.registration("shirts", "version " + i), "tester")
                        .number());
            }
        }
    }
}
