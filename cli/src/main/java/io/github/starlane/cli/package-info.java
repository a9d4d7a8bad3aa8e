/**
 * The {@code starlane} program: one class per verb; arguments, progress, exit codes. No science.
 */
package io.github.starlane.cli;
