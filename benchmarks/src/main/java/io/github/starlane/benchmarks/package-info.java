/**
 * One JMH benchmark class per kernel, named like it: {@code java -jar benchmarks/target/
 * benchmarks.jar Combine -p backend=simd -p frame=FULL -t max}. {@code starlane bench} runs the
 * same classes in short form.
 */
package io.github.starlane.benchmarks;
