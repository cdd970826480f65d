/**
 * The URL standard (https://url.spec.whatwg.org), and the origins of the HTML standard.
 *
 * <pre>
 * Url          a URL record: parsing, serialising, its origin, bad ports
 * UrlParser    https://url.spec.whatwg.org/#url-parsing
 * HostParser   https://url.spec.whatwg.org/#host-parsing
 * Origin       https://html.spec.whatwg.org/#concept-origin
 * Ascii        https://infra.spec.whatwg.org/#strings
 * </pre>
 *
 * <p>The model's own: it is no API, and may change with every version.
 */
@NullMarked
package dev.corsac.browser.url;

import org.jspecify.annotations.NullMarked;
