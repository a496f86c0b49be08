package dev.fovea.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void shouldEscapeWhatATerminalWouldObey() {
        assertThat(Printable.lines("a\u001b[31mb\r\u0000\u009b\u202ec\n\td"))
                .isEqualTo("a\\u001b[31mb\\u000d\\u0000\\u009b\\u202ec\n\td");
        assertThat(Printable.word("a\nb\tc")).isEqualTo("a\\u000ab\\u0009c");
    }

    @Test
    void shouldLeaveLettersOfAllScriptsAlone() {
        String text = "Größe 图像 صورة 👩‍🔬 café";
        assertThat(Printable.isPlain(text)).isTrue();
        assertThat(Printable.word(text)).isSameAs(text);
    }

    @Test
    void shouldCutWhatIsLongAndSayHowLongItIs() {
        assertThat(Printable.brief("a".repeat(100))).isEqualTo("a".repeat(100));
        assertThat(Printable.brief("camera=" + "x".repeat(100_000)))
                .isEqualTo("camera=" + "x".repeat(93) + "… (100,007 characters)");
        assertThat(Printable.brief("a".repeat(99) + "😀b")).isEqualTo("a".repeat(99) + "… (102 characters)");
        assertThat(Printable.brief("a\nb")).isEqualTo("a\\u000ab");
    }

    @Test
    void shouldEscapeInEveryErrorMessage() {
        assertThat(new FoveaException(ErrorCode.ARGUMENT_INVALID, "file \u001b]0;x\u0007.jpg").getMessage())
                .isEqualTo("file \\u001b]0;x\\u0007.jpg");
    }
}
