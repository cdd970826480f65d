package dev.corsac.browser;

import static dev.corsac.browser.Departure.*;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A profile of the model: the Fetch standard as written, or a browser engine, which is the standard
 * plus named {@link Departure}s, in the order of that enum. The package's description has a table.
 */
public enum Engine {
  /** The Fetch standard, with Chromium's limit on what it leaves to the browser: max-age. */
  STANDARD(7200),
  /** Chromium 156 (Chrome, Edge). */
  CHROMIUM(
      7200,
      USER_AGENT_NOT_SETTABLE,
      DICTIONARY_HEADER_REFUSED,
      XHR_BLOB_TYPE_MUST_PARSE,
      XHR_BLOB_PARAMETERS_NEED_VALUES,
      UPLOAD_LISTENER_NEEDS_BODY,
      SAME_NAME_HEADERS_JOINED,
      RANGE_FITS_INT64,
      CLIENT_HINTS_SAFELISTED,
      NO_CORS_REDIRECT_NULLS_ORIGIN,
      ORIGIN_IGNORES_REFERRER_POLICY,
      ELEMENT_SENDS_ORIGIN_TO_SELF,
      HEADER_NAME_TRAILING_SPACE,
      PROXY_STATUS_REFUSED,
      MULTIPLE_LOCATIONS_REFUSED,
      PREFLIGHT_REDIRECT_CHECKED_FIRST,
      AUTHORIZATION_COVERED_BY_STAR,
      UPLOAD_LISTENER_METHODS_NULL,
      MAX_AGE_INTEGER,
      REDIRECT_WITHOUT_LOCATION,
      REDIRECT_EMPTY_LOCATION_IGNORED,
      REDIRECT_INVALID_LOCATION,
      REDIRECT_SCHEME_CHECKED_BY_CORS,
      REDIRECT_EMBEDDED_CREDENTIALS,
      CACHE_ENTRY_REPLACED,
      CACHE_SURVIVES_FAILURE,
      CACHE_NOT_FOR_OPAQUE_ORIGINS,
      CACHE_MODES_SKIP_CACHE_AND_STORE,
      CACHE_SERVES_FLAGGED_REQUESTS,
      CACHE_STAR_WITHOUT_CREDENTIALS_ONLY,
      COOKIES_IGNORE_REDIRECT_TAINT,
      COOKIES_SECURE_TO_LOOPBACK),
  /** Firefox ESR 153. */
  FIREFOX(
      86400,
      XHR_BLOB_TYPE_TOO_LONG,
      XHR_CHARSET_NOT_REWRITTEN,
      DATA_URL_CONTENT_LENGTH,
      RANGE_FITS_UINT64,
      NON_ASCII_NOT_SAFELISTED,
      CONTENT_TYPE_STRICT_PARAMETERS,
      NO_1024_BYTE_TOTAL,
      ACRH_KEEPS_DUPLICATES,
      EMPTY_DUPLICATE_IGNORED,
      RETRY_REPEATS_CONTENT_TYPE,
      EXPOSE_STAR_BESIDE_INVALID,
      PREFLIGHT_TO_OWN_ORIGIN_PASSES,
      PREFLIGHT_METHOD_BEFORE_HEADERS_SYNTAX,
      AUTHORIZATION_COVERED_BY_STAR,
      UPLOAD_LISTENER_METHODS_NULL,
      MAX_AGE_INVALID_NOT_CACHED,
      REDIRECT_PREFLIGHT_KEEPS_ORIGIN,
      REDIRECT_DROPPED_HEADERS_PREFLIGHTED,
      REDIRECT_GET_STILL_PREFLIGHTED,
      REDIRECT_SECOND_HOP_NAMES_DROPPED_HEADERS,
      CACHE_MODES_SKIP_CACHE,
      CACHE_STAR_NOT_REMEMBERED,
      CACHE_KEYED_BY_CREDENTIALS,
      CACHE_HEAD_NEEDS_LISTING,
      CACHE_BYPASSED_BY_CONDITIONAL_HEADER,
      CACHE_SERVES_FLAGGED_REQUESTS,
      CACHE_ZERO_AGE_KEEPS_OLD,
      REDIRECT_TAINT_NOT_IN_CACHE_KEY,
      COOKIES_SCHEMELESS_SITE,
      COOKIES_SECURE_TO_LOOPBACK),
  /** WebKitGTK 2.50 (Safari's engine). */
  WEBKIT(
      600,
      XHR_BLOB_TYPE_MUST_PARSE,
      SYNC_XHR_UPLOAD_LISTENER_IGNORED,
      PERCENT_ENCODING_NORMALISED,
      FONT_WITHOUT_CORS,
      SAME_NAME_HEADERS_JOINED,
      RANGE_FITS_UINT64,
      RANGE_UNIT_IGNORES_CASE,
      ELEMENT_SENDS_ORIGIN_TO_SELF,
      REDIRECT_GET_KEEPS_ORIGIN,
      LATIN1_READ_AS_UTF8,
      PREFLIGHT_STATUS_CHECKED_FIRST,
      AUTHORIZATION_COVERED_BY_STAR,
      UPLOAD_LISTENER_METHODS_NULL,
      MAX_AGE_NEGATIVE_NOT_CACHED,
      REDIRECT_WITHOUT_LOCATION,
      REDIRECT_EMPTY_LOCATION_REFUSED,
      REDIRECT_CREDENTIALS_CHECKED_AFTER_PREFLIGHT,
      REDIRECT_GET_STILL_PREFLIGHTED,
      REDIRECT_PREFLIGHT_NAMES_AUTHORIZATION,
      REDIRECT_PREFLIGHT_NAMES_BODY_HEADERS,
      REDIRECT_DELETE_BECOMES_GET,
      REDIRECT_LEAVING_ORIGIN_WANTS_CREDENTIALS,
      CACHE_ENTRY_REPLACED,
      CACHE_SURVIVES_FAILURE,
      CACHE_SERVES_FLAGGED_REQUESTS,
      CACHE_STORES_REFUSED_PREFLIGHT,
      CACHE_STAR_COVERS_AUTHORIZATION,
      CACHE_LITERAL_STAR_NOT_WILDCARD,
      REDIRECT_NULL_ORIGIN_NOT_CACHED,
      COOKIES_SCHEMELESS_SITE,
      COOKIES_TO_OWN_HOST_DESPITE_DETOUR);

  private final long maxAgeCap;

  @SuppressWarnings("ImmutableEnumChecker") // An unmodifiable view of a set nobody else has.
  private final Set<Departure> departures;

  Engine(long maxAgeCap, Departure... departures) {
    this.maxAgeCap = maxAgeCap;
    EnumSet<Departure> set = EnumSet.noneOf(Departure.class);
    set.addAll(Arrays.asList(departures));
    this.departures = Collections.unmodifiableSet(set);
  }

  /** Where it departs from the standard. */
  public Set<Departure> departures() {
    return departures;
  }

  /** The longest time in seconds for which it remembers a preflight. */
  public long maxAgeCap() {
    return maxAgeCap;
  }

  boolean departs(Departure departure) {
    return departures.contains(departure);
  }
}
