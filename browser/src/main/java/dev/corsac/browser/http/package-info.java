/**
 * Real HTTP/1.1 for the model of the browser.
 *
 * <pre>
 * HttpTransport        one exchange over a socket, bounded in time and size
 * HttpResponseParser   RFC 9112: what of the bytes is a response
 * </pre>
 */
@NullMarked
package dev.corsac.browser.http;

import org.jspecify.annotations.NullMarked;
