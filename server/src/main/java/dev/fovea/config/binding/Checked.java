package dev.fovea.config.binding;

import java.util.stream.Stream;

/** A settings record with rules that concern several of its keys. */
public interface Checked {

    /** What is wrong, each message beginning with {@code key: }; empty when all is well. */
    Stream<String> errors();
}
