package dev.corsac.gateway.proxy;

import dev.corsac.gateway.decision.OwnResponse;
import dev.corsac.gateway.http.MalformedMessageException;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * What a client is told when a request comes to nothing.
 *
 * @param message holds nothing that the upstream sent
 */
record UpstreamFailure(int status, String message) {

  /** Of a connection that was not made. */
  static UpstreamFailure ofConnecting(Throwable e, Duration patience) {
    // Netty's own exception extends ConnectException, and there is no better name for it here.
    boolean timeout =
        e instanceof TimeoutException
            || e.getClass().getSimpleName().contains("ConnectTimeout")
            || String.valueOf(e.getMessage()).contains("timed out");
    if (timeout) {
      return notConnectedWithin(patience);
    }
    if (e instanceof ConnectionPoolTooBusyException) {
      return new UpstreamFailure(
          503, "too many requests wait for a connection to the upstream; try again.");
    }
    if (e instanceof ConnectException) {
      return new UpstreamFailure(502, "the upstream refuses connections; is it running?");
    }
    if (e instanceof SSLException) {
      return new UpstreamFailure(
          502, "no connection to the upstream: its certificate or its TLS is not accepted.");
    }
    if (e instanceof UnknownHostException) {
      return new UpstreamFailure(502, "the upstream's name has no address.");
    }
    if (e instanceof NoRouteToHostException) {
      return new UpstreamFailure(502, "there is no route to the upstream.");
    }
    if (e instanceof IllegalStateException) {
      return new UpstreamFailure(503, "the gateway stops.");
    }
    if (isOfConnection(e)) {
      return new UpstreamFailure(502, "the upstream closed the connection at once.");
    }
    return new UpstreamFailure(502, "no connection to the upstream (" + kind(e) + ").");
  }

  static UpstreamFailure notConnectedWithin(Duration patience) {
    return new UpstreamFailure(
        504, "no connection to the upstream within " + OwnResponse.seconds(patience) + ".");
  }

  /** Whether the connection has gone, closed or reset, with nothing of a response read from it. */
  static boolean isOfConnection(Throwable e) {
    return e instanceof HttpClosedException
        || (e instanceof IOException && !(e instanceof SSLException));
  }

  /** Whether the upstream has not begun with the request, or may be about to close. */
  static boolean mayRepeat(Throwable e) {
    return isOfConnection(e)
        || (e instanceof StreamResetException reset
            && reset.getCode() == Http2Error.REFUSED_STREAM.code());
  }

  /** Why there is no response. */
  static String ofResponse(Throwable e) {
    if (isOfConnection(e)) {
      return "upstream closed the connection without a response.";
    }
    if (e instanceof MalformedMessageException malformed) {
      return "upstream's response is not HTTP: " + malformed.problem();
    }
    if (e instanceof SSLException) {
      return "upstream broke TLS.";
    }
    return "upstream's response cannot be read (" + kind(e) + ").";
  }

  /** Why there is no more of a response that has begun. */
  static String ofBody(Throwable e) {
    if (e instanceof MalformedMessageException malformed) {
      return "upstream's response is not HTTP: " + malformed.problem();
    }
    if (isOfConnection(e) || e instanceof StreamResetException) {
      return "upstream broke its response off before it was whole.";
    }
    return "upstream's response is not HTTP: its body is malformed.";
  }

  /** The kind of failure only: messages may hold addresses and parts of what was sent. */
  private static String kind(Throwable e) {
    return e.getClass().getSimpleName();
  }
}
