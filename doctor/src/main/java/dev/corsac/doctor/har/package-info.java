/**
 * What was blocked while a browser's network panel recorded.
 *
 * <pre>
 * Har                    a recording, and what it shows
 * HarReader              the file format, HAR 1.2, as a stream
 * HarEntry, HarIndex     the exchanges, and how to find them
 * HarReplays             what the browser blocked: each exchange through the browser's model
 * HarPage, HarRequest    who asked, and for what, as far as the recording tells
 * HarTransport           answers a replay from the recording
 * HarSuspicions          what worked, but fails for others or costs
 * HarFinding             a problem, and the entries that show it
 * InvalidHarException    what is not a HAR
 * </pre>
 */
@NullMarked
package dev.corsac.doctor.har;

import org.jspecify.annotations.NullMarked;
