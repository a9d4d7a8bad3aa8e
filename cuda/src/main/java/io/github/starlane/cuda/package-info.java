/**
 * The CUDA backend, found at run time. Today it looks for a device and says what it finds; the
 * kernels run on the CPU.
 */
package io.github.starlane.cuda;
