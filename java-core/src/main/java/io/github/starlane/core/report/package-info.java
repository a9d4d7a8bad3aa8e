/**
 * What a run did, as data and as a page: {@link io.github.starlane.core.report.ReportData} is the
 * content of {@code metrics.json}, {@link io.github.starlane.core.report.ReportWriter} draws {@code
 * report.html} from it and from nothing else.
 */
package io.github.starlane.core.report;
