package io.github.starlane.cli;

/**
 * What a run of the program works with; tests put their own in.
 *
 * @param reducer the pipeline
 * @param simulator the simulator
 * @param console where lines go
 */
record Services(Reducer reducer, Simulator simulator, Console console) {}
