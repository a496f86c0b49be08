package dev.fovea.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProfiledSessionTest {

    private final Engine engine = Engine.open();

    @Test
    void shouldTellWhatEachOperatorTookAndGave() throws IOException {
        GraphBuilder graph = new GraphBuilder("two");
        String x = graph.input("x", 1, 100);
        graph.node("Softmax", "soft", List.of(graph.node("Erf", "erf", List.of(x))));
        OnnxModel model = graph.output("soft", 1, 100).build();
        List<Path> before = folders();
        try (ProfiledSession session = engine.profiled(model, new SessionSettings(1, false))) {
            Tensor input = Tensor.of("x", new long[] {1, 100}, new float[100]);
            assertThat(session.run(List.of(input)).getFirst().floats()).containsOnly(0.01f);
            Profile profile = session.end();
            assertThat(profile.operators()).containsOnlyKeys("erf", "soft");
            assertThat(profile.operators().get("soft").type()).isEqualTo("Softmax");
            assertThat(profile.operators().get("soft").values()).isEqualTo(100);
            assertThat(profile.operators().get("soft").micros()).isNotNegative();
            assertThat(profile.graph().operators()).containsOnlyKeys("Erf", "Softmax");
        }
        assertThat(folders()).isEqualTo(before);
    }

    @Test
    void shouldTellOfTheOthersWhereANameHoldsAQuote() {
        GraphBuilder graph = new GraphBuilder("quotes");
        String x = graph.input("x", 1, 100);
        graph.node("Softmax", "soft", List.of(graph.node("Erf", "a\"b\nc", List.of(x))));
        OnnxModel model = graph.output("soft", 1, 100).build();
        try (ProfiledSession session = engine.profiled(model, new SessionSettings(1, false))) {
            session.run(List.of(Tensor.of("x", new long[] {1, 100}, new float[100])));
            assertThat(session.end().operators()).containsOnlyKeys("soft");
        }
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("fovea-profile-"))
                    .sorted()
                    .toList();
        }
    }
}
