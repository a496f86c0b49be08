package dev.fovea.model.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"UTF-8,''", "UTF-8,\ufeff", "UTF-16LE,\ufeff", "UTF-16BE,\ufeff"})
    void shouldReadUnicodeWithAMark(String charset, String mark) throws IOException {
        Path file = write(mark + "Käfer\r\nBlüte\r\n", Charset.forName(charset));
        assertThat(LabelFile.read(file)).containsExactly("Käfer", "Blüte");
    }

    @Test
    void shouldSayHowToConvertOtherText() throws IOException {
        Path file = write("Käfer\nBlüte\n", StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> LabelFile.read(file))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID))
                .hasMessageContainingAll("not text in UTF-8", "iconv");
    }

    @Test
    void shouldNotSpeakOfTextWhereThereIsNoFile() {
        assertThatThrownBy(() -> LabelFile.read(folder.resolve("none.txt"))).hasMessageContaining("Check the path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat\rdog\rhen\r",
                "0 cat\n1 dog\n2 hen\n",
                "0: cat\n1: dog\n2: hen\n",
                "0,cat\n1,dog\n2,hen\n",
                "0\tcat\n1\tdog\n2\then\n"
            })
    void shouldReadOneLabelPerLine(String text) throws IOException {
        assertThat(LabelFile.read(write(text, StandardCharsets.UTF_8))).containsExactly("cat", "dog", "hen");
    }

    @ParameterizedTest
    @CsvSource({"1 euro,2 euro", "0 people,1 people"})
    void shouldKeepNumbersThatAreNoIndices(String first, String second) throws IOException {
        assertThat(LabelFile.read(write(first + "\n" + second, StandardCharsets.UTF_8)))
                .containsExactly(first, second);
    }

    @Test
    void shouldRefuseIndicesThatContradictTheLines() throws IOException {
        Path file = write("2 hen\n0 cat\n1 dog\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> LabelFile.read(file))
                .isInstanceOf(FoveaException.class)
                .hasMessageContainingAll("line 1 begins with the index 2", "Sort the lines");
    }

    private Path write(String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("labels.txt"), text.getBytes(charset));
    }
}
