/** Simple arithmetic on whole planes, so that pixels need not leave their backend for it. */
package io.github.starlane.kernels.arithmetic;
