package dev.fovea.pipeline.search.network;

/** Hears how far whole networks have come, on the thread of the work or on that of a child's output. */
public interface WholeProgress {

    /** What is done. */
    void at(String detail);

    /** Something that a person should know, in a sentence. */
    void note(String sentence);
}
