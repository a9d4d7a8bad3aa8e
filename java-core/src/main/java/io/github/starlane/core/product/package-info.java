/** The files that come out: their names, their headers, and writing them. */
package io.github.starlane.core.product;
