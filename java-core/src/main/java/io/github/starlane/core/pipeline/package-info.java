/**
 * From raw frames to products: {@link io.github.starlane.core.pipeline.VisitPipeline} is the list
 * of steps.
 */
package io.github.starlane.core.pipeline;
