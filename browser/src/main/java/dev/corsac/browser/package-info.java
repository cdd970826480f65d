/**
 * The browser's side of the Fetch standard: which requests a page may make and what it may read.
 *
 * <p>Where each part of the standard is ({@code #} is https://fetch.spec.whatwg.org/#):
 *
 * <pre>
 * what a test says
 *   Browser, Engine, Departure    an engine is the standard with departures; see the table
 *   Page, PageContext             who asks (HTML, environment settings object)
 *   PageRequest, Body             what JavaScript or an element asks for
 *   CredentialsMode, CacheMode, RedirectMode, ResponseType
 *   Transport, TransportException the way to the server; {@link dev.corsac.browser.http} has real HTTP
 *   WireRequest, WireResponse     what goes over it
 *   Header, Headers               #headers-class, #concept-header-list
 *   Outcome, Exchange             what comes of it, with the transcript
 *   NetworkError, Cause           #concept-network-error, and which check failed first
 *   CookieJar                     RFC 6265bis; SetCookie, CookieDate
 *
 * the algorithm, in its order
 *   RequestSetup, InvalidCallException  #request-class, #dom-global-fetch, XMLHttpRequest, elements
 *   Request                       #concept-request, #append-a-request-origin-header
 *   Fetch                         #fetching: main fetch, scheme fetch, HTTP fetch
 *   DataUrl                       #data-url-processor
 *   PreflightFetch                #cors-preflight-fetch
 *   PreflightCache                #concept-cache; EntryPerNameCache as written, EntryPerUrlCache as
 *                                 Chromium and WebKit
 *   NetworkFetch                  #http-network-or-cache-fetch, #http-network-fetch
 *   RedirectFetch                 #http-redirect-fetch
 *   CorsCheck                     #cors-check
 *   Response                      #concept-response, #concept-filtered-response
 *
 * what the algorithm asks
 *   HttpGrammar                   #methods, #statuses, #header-value, header lists
 *   RequestHeaders                #forbidden-request-header, #cors-safelisted-request-header
 *   ResponseHeaders               how a network stack reads header lines
 *   MimeType                      MIME Sniffing
 *   Sites                         HTML, sites
 *   WireUrl                       the URL as a network stack sends it
 *   Console                       what each engine prints: ChromiumConsole, FirefoxConsole, WebKitConsole
 * </pre>
 *
 * <p>Which engine departs from the standard how:
 *
 * <pre>
 *                                              Chromium Firefox WebKit
 * USER_AGENT_NOT_SETTABLE                         x
 * DICTIONARY_HEADER_REFUSED                       x
 * XHR_BLOB_TYPE_MUST_PARSE                        x               x
 * XHR_BLOB_PARAMETERS_NEED_VALUES                 x
 * XHR_BLOB_TYPE_TOO_LONG                                  x
 * XHR_CHARSET_NOT_REWRITTEN                               x
 * XHR_CHARSET_REPLACED_IN_TEXT                    x
 * XHR_CHARSET_LOWER_CASE_IN_WORKERS                       x
 * NO_CORS_BODY_TYPE_KEPT                                          x
 * UPLOAD_LISTENER_NEEDS_BODY                      x
 * SYNC_XHR_UPLOAD_LISTENER_IGNORED                                x
 * PERCENT_ENCODING_NORMALISED                                     x
 * HOST_ESCAPES_SPACE_AND_ASTERISK                 x
 * HOST_OF_ASCII_NOT_CHECKED                       x
 * PATH_ESCAPES_PIPE                               x
 * HEADER_VALUES_SENT_AS_UTF8                                      x
 * SINGLETON_HEADERS_NOT_JOINED                            x
 * FONT_WITHOUT_CORS                                               x
 * REDIRECTED_IMAGES_ALL_UPGRADED                  x
 * DATA_URL_CONTENT_LENGTH                                 x
 * SAME_NAME_HEADERS_JOINED                        x               x
 * RANGE_FITS_INT64                                x
 * RANGE_FITS_UINT64                                       x       x
 * RANGE_UNIT_IGNORES_CASE                                         x
 * RANGE_REWRITTEN                                 x
 * CLIENT_HINTS_SAFELISTED                         x
 * NON_ASCII_NOT_SAFELISTED                                x
 * CONTENT_TYPE_STRICT_PARAMETERS                          x
 * NO_1024_BYTE_TOTAL                                      x
 * ACRH_KEEPS_DUPLICATES                                   x
 * PREFLIGHT_HAS_CACHE_HEADERS                     x       x
 * PREFLIGHT_HAS_USER_AGENT                                        x
 * CONDITIONAL_REQUEST_REVALIDATES                 x
 * XHR_CONDITIONAL_KEEPS_CACHE_MODE                        x
 * NO_CORS_REDIRECT_NULLS_ORIGIN                   x
 * ORIGIN_IGNORES_REFERRER_POLICY                  x
 * ELEMENT_SENDS_ORIGIN_TO_SELF                    x               x
 * REDIRECT_GET_KEEPS_ORIGIN                                       x
 * MALFORMED_HEAD_READ                             x
 * BARE_CR_ENDS_LINE                               x
 * HEADER_NAME_TRAILING_SPACE                      x
 * EMPTY_DUPLICATE_IGNORED                                 x
 * LATIN1_READ_AS_UTF8                                             x
 * RETRY_REPEATS_CONTENT_TYPE                              x
 * PROXY_STATUS_REFUSED                            x
 * MULTIPLE_LOCATIONS_REFUSED                      x
 * EQUAL_LOCATIONS_ARE_ONE                         x
 * MULTIPLE_CONTENT_DISPOSITIONS_REFUSED           x
 * EXPOSE_STAR_BESIDE_INVALID                              x
 * CORS_RESPONSE_URL_WITHOUT_CREDENTIALS                           x
 * PREFLIGHT_REDIRECT_CHECKED_FIRST                x
 * PREFLIGHT_STATUS_CHECKED_FIRST                                  x
 * PREFLIGHT_TO_OWN_ORIGIN_PASSES                          x
 * PREFLIGHT_METHOD_BEFORE_HEADERS_SYNTAX                  x
 * AUTHORIZATION_COVERED_BY_STAR                   x       x       x
 * UPLOAD_LISTENER_METHODS_NULL                    x       x       x
 * MAX_AGE_INTEGER                                 x
 * MAX_AGE_INVALID_NOT_CACHED                              x
 * MAX_AGE_NEGATIVE_NOT_CACHED                                     x
 * REDIRECT_WITHOUT_LOCATION                       x               x
 * REDIRECT_EMPTY_LOCATION_IGNORED                 x
 * REDIRECT_EMPTY_LOCATION_REFUSED                                 x
 * REDIRECT_INVALID_LOCATION                       x
 * LOCATION_READ_AS_LATIN1                                         x
 * REDIRECT_SCHEME_CHECKED_BY_CORS                 x
 * REDIRECT_EMBEDDED_CREDENTIALS                   x
 * REDIRECT_CREDENTIALS_CHECKED_AFTER_PREFLIGHT                    x
 * REDIRECT_PREFLIGHT_KEEPS_ORIGIN                         x
 * REDIRECT_DROPPED_HEADERS_PREFLIGHTED                    x
 * REDIRECT_GET_STILL_PREFLIGHTED                          x       x
 * REDIRECT_SECOND_HOP_NAMES_DROPPED_HEADERS               x
 * REDIRECT_SECOND_HOP_SENDS_DROPPED_BODY_HEADERS                    x
 * REDIRECT_SENDS_FIRST_HEADERS                            x
 * REDIRECT_PREFLIGHT_NAMES_AUTHORIZATION                          x
 * REDIRECT_PREFLIGHT_NAMES_BODY_HEADERS                           x
 * REDIRECT_DELETE_BECOMES_GET                                     x
 * REDIRECT_DROPS_CACHE_HEADERS                                    x
 * REDIRECT_LEAVING_ORIGIN_WANTS_CREDENTIALS                       x
 * CACHE_ENTRY_REPLACED                            x               x
 * CACHE_SURVIVES_FAILURE                          x               x
 * CACHE_NOT_FOR_OPAQUE_ORIGINS                    x
 * CACHE_MODES_SKIP_CACHE_AND_STORE                x
 * CACHE_MODES_SKIP_CACHE                                  x
 * CACHE_STAR_NOT_REMEMBERED                               x
 * CACHE_KEYED_BY_CREDENTIALS                              x
 * CACHE_HEAD_NEEDS_LISTING                                x
 * CACHE_BYPASSED_BY_CONDITIONAL_HEADER                    x
 * CACHE_SERVES_FLAGGED_REQUESTS                   x       x       x
 * CACHE_ZERO_AGE_KEEPS_OLD                                x
 * CACHE_STORES_REFUSED_PREFLIGHT                                  x
 * CACHE_STAR_COVERS_AUTHORIZATION                                 x
 * CACHE_LITERAL_STAR_NOT_WILDCARD                                 x
 * CACHE_STAR_WITHOUT_CREDENTIALS_ONLY             x
 * REDIRECT_NULL_ORIGIN_NOT_CACHED                                 x
 * REDIRECT_TAINT_NOT_IN_CACHE_KEY                         x
 * COOKIES_IGNORE_REDIRECT_TAINT                   x
 * COOKIES_SCHEMELESS_SITE                                 x       x
 * COOKIES_TO_OWN_HOST_DESPITE_DETOUR                              x
 * COOKIES_SECURE_TO_LOOPBACK                      x       x
 * COOKIES_WITH_TAB_REFUSED                        x
 * COOKIES_PARTITIONED                             x
 * </pre>
 */
@NullMarked
package dev.corsac.browser;

import org.jspecify.annotations.NullMarked;
