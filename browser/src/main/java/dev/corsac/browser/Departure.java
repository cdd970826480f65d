package dev.corsac.browser;

/**
 * One way in which an engine departs from the Fetch standard, as recorded against the real browser.
 *
 * <p>Each constant is asked for where the standard's step is, nearly always in one place: search
 * for its name to see what it does. Which engine has which is said by {@link Engine}.
 */
public enum Departure {
  // Reading the page's request
  /** A {@code User-Agent} header set by JavaScript is dropped. */
  USER_AGENT_NOT_SETTABLE,
  /** {@code Available-Dictionary} set by JavaScript fails the request before anything is sent. */
  DICTIONARY_HEADER_REFUSED,
  /** XMLHttpRequest drops the type of a Blob that does not parse as a MIME type. */
  XHR_BLOB_TYPE_MUST_PARSE,
  /** XMLHttpRequest drops the type of a Blob that has a parameter without a value. */
  XHR_BLOB_PARAMETERS_NEED_VALUES,
  /** XMLHttpRequest sends the type of a Blob that is longer than 128 bytes without a preflight. */
  XHR_BLOB_TYPE_TOO_LONG,
  /** XMLHttpRequest leaves the charset of the page's Content-Type as it is. */
  XHR_CHARSET_NOT_REWRITTEN,
  /** XMLHttpRequest replaces what follows {@code charset=} in the text, also by the same. */
  XHR_CHARSET_REPLACED_IN_TEXT,
  /** XMLHttpRequest in a worker sends a string as {@code text/plain;charset=utf-8}. */
  XHR_CHARSET_LOWER_CASE_IN_WORKERS,
  /** In mode no-cors the type of a body goes along, safelisted or not. */
  NO_CORS_BODY_TYPE_KEPT,
  /** Upload listeners count only on asynchronous requests with a body. */
  UPLOAD_LISTENER_NEEDS_BODY,
  /** Upload listeners of a synchronous XMLHttpRequest do not count. */
  SYNC_XHR_UPLOAD_LISTENER_IGNORED,
  /** The path {@code /%61} is sent, and shown as the URL of the response, as {@code /a}. */
  PERCENT_ENCODING_NORMALISED,
  /** A space and an asterisk in a host are percent-encoded. */
  HOST_ESCAPES_SPACE_AND_ASTERISK,
  /** The Punycode of a host in ASCII is not looked into. */
  HOST_OF_ASCII_NOT_CHECKED,
  /** {@code |} in a path is percent-encoded. */
  PATH_ESCAPES_PIPE,
  /** The value of a request header is sent in UTF-8, rather than one byte a character. */
  HEADER_VALUES_SENT_AS_UTF8,
  /** Of a Content-Type, Authorization or the like that was appended twice the last is sent. */
  SINGLETON_HEADERS_NOT_JOINED,
  /** Fonts are loaded without CORS. */
  FONT_WITHOUT_CORS,
  /** An image of an https page that a redirect leads to http is upgraded, whatever the host. */
  REDIRECTED_IMAGES_ALL_UPGRADED,
  /** A {@code data:} URL yields a Content-Length too. */
  DATA_URL_CONTENT_LENGTH,

  // CORS-safelisted request-headers
  /** Headers of one name are joined by ", " before the safelist check. */
  SAME_NAME_HEADERS_JOINED,
  /** A Range whose number does not fit a signed 64-bit integer is not safelisted. */
  RANGE_FITS_INT64,
  /** A Range whose number does not fit an unsigned 64-bit integer is not safelisted. */
  RANGE_FITS_UINT64,
  /** The unit of a Range may be written in any case, a number with a plus sign. */
  RANGE_UNIT_IGNORES_CASE,
  /** {@code Range: bytes=00-01} is sent as {@code bytes=0-1}. */
  RANGE_REWRITTEN,
  /** Client hints, Save-Data: on and Intervention are safelisted. */
  CLIENT_HINTS_SAFELISTED,
  /** Bytes 0x80 to 0xFF in Accept or Content-Type make the header unsafe. */
  NON_ASCII_NOT_SAFELISTED,
  /** A Content-Type with odd parameters is not safelisted. */
  CONTENT_TYPE_STRICT_PARAMETERS,
  /** The safelisted values together have no limit. */
  NO_1024_BYTE_TOTAL,
  /** Access-Control-Request-Headers repeats a name that was appended twice. */
  ACRH_KEEPS_DUPLICATES,
  /** The preflight carries the Cache-Control and Pragma of the request's cache mode. */
  PREFLIGHT_HAS_CACHE_HEADERS,
  /** The preflight carries the User-Agent that the page has set. */
  PREFLIGHT_HAS_USER_AGENT,
  /**
   * A conditional header makes cache mode default no-cache rather than no-store, and nothing at all
   * in workers.
   */
  CONDITIONAL_REQUEST_REVALIDATES,
  /** A conditional header of XMLHttpRequest does not change the cache mode. */
  XHR_CONDITIONAL_KEEPS_CACHE_MODE,

  // Origin
  /** In no-cors mode the origin becomes {@code null} after any cross-origin redirect. */
  NO_CORS_REDIRECT_NULLS_ORIGIN,
  /** Referrer-Policy does not hide the origin of a no-cors or same-origin-mode request. */
  ORIGIN_IGNORES_REFERRER_POLICY,
  /** Elements with CORS send Origin to their own origin too. */
  ELEMENT_SENDS_ORIGIN_TO_SELF,
  /** A same-origin request that a redirect turned into GET goes on sending Origin. */
  REDIRECT_GET_KEEPS_ORIGIN,

  // Reading the response
  /**
   * Over plain http a head that is malformed or cut off is read as far as it goes: bytes before
   * {@code HTTP}, other versions, a status of any length or none.
   */
  MALFORMED_HEAD_READ,
  /** A CR without LF ends a header line; the standard reads a space. */
  BARE_CR_ENDS_LINE,
  /** A response header written {@code Name : value} counts. */
  HEADER_NAME_TRAILING_SPACE,
  /** A second, empty line of a response header other than ACAO does not count. */
  EMPTY_DUPLICATE_IGNORED,
  /** Response header values are read as UTF-8. */
  LATIN1_READ_AS_UTF8,
  /** After a 421 and a second try, the Content-Type of both responses shows. */
  RETRY_REPEATS_CONTENT_TYPE,
  /** A 407 of a server is a network error. */
  PROXY_STATUS_REFUSED,
  /** More than one Location that differ are a network error. */
  MULTIPLE_LOCATIONS_REFUSED,
  /** More than one Location that are equal are one. */
  EQUAL_LOCATIONS_ARE_ONE,
  /** More than one Content-Disposition that differ are a network error. */
  MULTIPLE_CONTENT_DISPOSITIONS_REFUSED,
  /** {@code Access-Control-Expose-Headers: *, x y} exposes everything to fetch. */
  EXPOSE_STAR_BESIDE_INVALID,
  /** The URL of a response of type cors has no user name and no password. */
  CORS_RESPONSE_URL_WITHOUT_CREDENTIALS,

  // The preflight's response
  /** A redirect is refused before the CORS check. */
  PREFLIGHT_REDIRECT_CHECKED_FIRST,
  /** The status is checked before the CORS check. */
  PREFLIGHT_STATUS_CHECKED_FIRST,
  /**
   * The response of the page's own origin to a preflight, after a detour, needs no CORS headers.
   */
  PREFLIGHT_TO_OWN_ORIGIN_PASSES,
  /** The method is checked before Access-Control-Allow-Headers is parsed. */
  PREFLIGHT_METHOD_BEFORE_HEADERS_SYNTAX,
  /** {@code Access-Control-Allow-Headers: *} covers Authorization. */
  AUTHORIZATION_COVERED_BY_STAR,
  /** The clause "methods is null and the use-CORS-preflight flag is set" is missing. */
  UPLOAD_LISTENER_METHODS_NULL,
  /** Access-Control-Max-Age is a signed 64-bit integer; negative ones mean 0. */
  MAX_AGE_INTEGER,
  /** An Access-Control-Max-Age that is not plain digits means: do not cache. */
  MAX_AGE_INVALID_NOT_CACHED,
  /** A negative Access-Control-Max-Age means: do not cache. */
  MAX_AGE_NEGATIVE_NOT_CACHED,

  // Redirects
  /** A redirect status without Location is an ordinary response under redirect mode error too. */
  REDIRECT_WITHOUT_LOCATION,
  /** A redirect status with an empty Location is an ordinary response. */
  REDIRECT_EMPTY_LOCATION_IGNORED,
  /** A redirect status with an empty Location is a network error. */
  REDIRECT_EMPTY_LOCATION_REFUSED,
  /** An invalid Location is a network error under redirect mode manual too. */
  REDIRECT_INVALID_LOCATION,
  /** Each byte of a Location is a character. */
  LOCATION_READ_AS_LATIN1,
  /** A redirect to a scheme that is not HTTP(S) is reported as a request for such a URL is. */
  REDIRECT_SCHEME_CHECKED_BY_CORS,
  /** A redirect to a URL with credentials is refused in every mode. */
  REDIRECT_EMBEDDED_CREDENTIALS,
  /**
   * A redirect from the own origin to a URL with credentials is preflighted before it is refused.
   */
  REDIRECT_CREDENTIALS_CHECKED_AFTER_PREFLIGHT,
  /** The preflight after a redirect between foreign origins carries the page's origin. */
  REDIRECT_PREFLIGHT_KEEPS_ORIGIN,
  /** Headers that needed a preflight at the start need one everywhere, dropped or not. */
  REDIRECT_DROPPED_HEADERS_PREFLIGHTED,
  /** Once a hop needed a preflight, every later one does: also one that became a plain GET. */
  REDIRECT_GET_STILL_PREFLIGHTED,
  /** A header that a redirect removed is named in the preflight again after the next one. */
  REDIRECT_SECOND_HOP_NAMES_DROPPED_HEADERS,
  /** A Content-Type that a redirect removed is sent again after the next one. */
  REDIRECT_SECOND_HOP_SENDS_DROPPED_BODY_HEADERS,
  /**
   * Every hop of a fetch sends the headers of the first request but those that its status, and the
   * method of the first request, take away.
   */
  REDIRECT_SENDS_FIRST_HEADERS,
  /** Authorization dropped by a redirect is still named in the preflight. */
  REDIRECT_PREFLIGHT_NAMES_AUTHORIZATION,
  /** Content-Type dropped by a redirect is still named in the preflight. */
  REDIRECT_PREFLIGHT_NAMES_BODY_HEADERS,
  /** DELETE becomes GET on a cross-origin redirect of any status, and keeps its headers. */
  REDIRECT_DELETE_BECOMES_GET,
  /** After a cross-origin redirect the cache mode adds no headers. */
  REDIRECT_DROPS_CACHE_HEADERS,
  /** After leaving its own origin a chain's next redirect is checked as if with credentials. */
  REDIRECT_LEAVING_ORIGIN_WANTS_CREDENTIALS,

  // Preflight cache
  /** One entry per origin and URL; a newer one replaces it, an insufficient one is thrown away. */
  CACHE_ENTRY_REPLACED,
  /** A network error of the actual request does not clear the entries. */
  CACHE_SURVIVES_FAILURE,
  /** Preflights of opaque and tainted origins are not cached. */
  CACHE_NOT_FOR_OPAQUE_ORIGINS,
  /** Cache modes no-store, reload and no-cache ignore cached preflights; no-store stores none. */
  CACHE_MODES_SKIP_CACHE_AND_STORE,
  /** Cache modes no-store, reload and no-cache ignore cached preflights. */
  CACHE_MODES_SKIP_CACHE,
  /** {@code *} is stored as a name. */
  CACHE_STAR_NOT_REMEMBERED,
  /** An entry made with credentials does not serve a request without. */
  CACHE_KEYED_BY_CREDENTIALS,
  /** HEAD counts only if it was listed. */
  CACHE_HEAD_NEEDS_LISTING,
  /** Conditional headers of fetch make it ignore cached preflights. */
  CACHE_BYPASSED_BY_CONDITIONAL_HEADER,
  /** A request with the use-CORS-preflight flag is served from the cache. */
  CACHE_SERVES_FLAGGED_REQUESTS,
  /** Max-Age: 0 does not touch what an earlier preflight stored. */
  CACHE_ZERO_AGE_KEEPS_OLD,
  /** A preflight that refuses the request is stored with what it grants, and clears nothing. */
  CACHE_STORES_REFUSED_PREFLIGHT,
  /** A remembered {@code *} covers Authorization. */
  CACHE_STAR_COVERS_AUTHORIZATION,
  /** A remembered {@code *} grants nothing to a request with credentials. */
  CACHE_LITERAL_STAR_NOT_WILDCARD,
  /** A {@code *} counts only in entries made without credentials. */
  CACHE_STAR_WITHOUT_CREDENTIALS_ONLY,
  /** Preflights of redirect-tainted origins are not cached. */
  REDIRECT_NULL_ORIGIN_NOT_CACHED,

  /** The key is the page's origin, also where a redirect made the request's {@code null}. */
  REDIRECT_TAINT_NOT_IN_CACHE_KEY,

  // Cookies
  /** A cross-site detour does not make a later same-site hop cross-site. */
  COOKIES_IGNORE_REDIRECT_TAINT,
  /** A site is compared without its scheme. */
  COOKIES_SCHEMELESS_SITE,
  /** A cross-site detour is forgiven where it ends at the page's own host. */
  COOKIES_TO_OWN_HOST_DESPITE_DETOUR,
  /** Secure cookies go over plain http to loopback addresses as well. */
  COOKIES_SECURE_TO_LOOPBACK,
  /** A cookie with a tab within its name or value is refused. */
  COOKIES_WITH_TAB_REFUSED,
  /** A Partitioned cookie is kept for the top-level site under which it was set. */
  COOKIES_PARTITIONED
}
