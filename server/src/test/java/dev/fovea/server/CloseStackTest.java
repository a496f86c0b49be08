package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseStackTest {

    private final List<String> closed = new ArrayList<>();
    private final CloseStack stack = new CloseStack();

    @Test
    void shouldCloseTheNewestFirstAndOnce() {
        assertThat(stack.add("home", closed::add)).isEqualTo("home");
        stack.add("models", closed::add);
        stack.close();
        stack.close();
        assertThat(closed).containsExactly("models", "home");
    }

    @Test
    void shouldCloseTheOthersWhenOneFails() {
        stack.add("home", closed::add);
        stack.add("models", CloseStackTest::fail);
        stack.add("cache", closed::add);
        stack.add("worker", CloseStackTest::fail);
        assertThatThrownBy(stack::close)
                .hasMessage("worker")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessage("models")));
        assertThat(closed).containsExactly("cache", "home");
    }

    private static void fail(String part) {
        throw new IllegalStateException(part);
    }
}
