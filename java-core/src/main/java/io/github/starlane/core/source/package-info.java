/**
 * Finding and measuring sources: the columnar {@link io.github.starlane.core.source.SourceTable}
 * and its extraction.
 */
package io.github.starlane.core.source;
