/** The benchmarks in short form, as ratios, and the guard that compares them with a baseline. */
package io.github.starlane.benchmarks.suite;
