package dev.corsac.config.diff;

import java.util.Locale;

/** What a difference is about. */
public enum Subject {
  /** Whether there is a policy at all. */
  POLICY,
  /** An origin, or a pattern or expression of origins, that may read. */
  ORIGIN,
  /** Whether origins may read with the user's credentials. */
  CREDENTIALS,
  /** A method that preflights allow. */
  METHOD,
  /** A request header that preflights allow. */
  REQUEST_HEADER,
  /** A response header that pages may read. */
  RESPONSE_HEADER,
  /** Which requests are refused before the application runs. */
  ENFORCE,
  /** What is told of requests that are not refused. */
  ENFORCE_REPORT,
  /** An origin that may act, though it may not read. */
  TRUSTED_ORIGIN,
  /** How long browsers remember a preflight. */
  MAX_AGE,
  /** The status of preflights. */
  PREFLIGHT_STATUS,
  /** Whether responses say why. */
  EXPLAIN,
  /** A name that the server answers to. */
  HOST,
  /** A path that can be read in two ways. */
  PATH,
  /** An option of a route that changes headers of responses. */
  OPTION;

  /** The name in a report, such as {@code request-header}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
