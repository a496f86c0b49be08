package dev.fovea.cli.terminal;

import java.util.List;

/** The program that a command is part of. */
public interface Program {

    /** The command line as it was typed; empty for one of several in a process. */
    List<String> typed();
}
