/**
 * What a line of a browser's console means.
 *
 * <pre>
 * Explainer           from a text that somebody pasted to explanations
 * PastedText          the text in one form, in which words can be found in linear time
 * Message, Messages   what browsers write: messages.yaml
 * Template            the words of a message, and where a text has them
 * Translations        Firefox's lines in other languages: languages.yaml
 * RetoldLine          a line that somebody retyped or cut off
 * PanelBlock          a request as the network panel shows it
 * ConsoleLine         the messages that stand together
 * ConsoleLines        the lines that were pasted together, each request once
 * UrlText             what a URL says of itself
 * MessageRefinement   the one problem behind a line, by the facts that it names
 * Explanation         a problem, whose words they were, and what else they can mean
 * </pre>
 */
@NullMarked
package dev.corsac.doctor.explain;

import org.jspecify.annotations.NullMarked;
