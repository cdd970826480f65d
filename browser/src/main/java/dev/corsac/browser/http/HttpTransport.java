package dev.corsac.browser.http;

import dev.corsac.browser.Header;
import dev.corsac.browser.Transport;
import dev.corsac.browser.TransportException;
import dev.corsac.browser.TransportException.Reason;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.browser.url.Url;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Real HTTP/1.1, one connection per request, over a plain socket: {@code java.net.http} would hide
 * what a browser sees (folded and repeated lines) and refuses headers a browser sends.
 *
 * <p>Hosts can be mapped, so that {@code https://api.example.com} is a server of the test without
 * DNS and without TLS:
 *
 * <pre>{@code
 * Transport transport = HttpTransport.create().map("https://api.example.com", "http://localhost:8080");
 * }</pre>
 *
 * <p>Bounded, whatever the server does: a header section that is not complete within the timeout
 * (10 s) or exceeds 256 KiB is a {@link TransportException}; a body that is not complete by then or
 * exceeds 16 MiB ({@link #maxBody}) is broken off ({@link WireResponse#bodyError}). Immutable and
 * thread-safe.
 */
public final class HttpTransport implements Transport {
  private final Map<String, Url> mapping;
  private final Duration timeout;
  private final int maxBody;
  private final SSLSocketFactory tls;

  private HttpTransport(
      Map<String, Url> mapping, Duration timeout, int maxBody, SSLSocketFactory tls) {
    this.mapping = mapping;
    this.timeout = timeout;
    this.maxBody = maxBody;
    this.tls = tls;
  }

  /** A transport without mapping, with the platform's trusted certificates. */
  public static HttpTransport create() {
    return new HttpTransport(
        Map.of(),
        Duration.ofSeconds(10),
        HttpResponseParser.MAX_BODY_BYTES,
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /**
   * Requests to the first origin go to the second; the {@code Host} header still names the first.
   *
   * @param origin the origin in the page's URLs, such as {@code https://api.example.com}
   * @param server where it is, such as {@code http://localhost:8080}
   */
  public HttpTransport map(String origin, String server) {
    Map<String, Url> more = new HashMap<>(mapping);
    more.put(httpUrl(origin).origin().toString(), httpUrl(server));
    return new HttpTransport(Map.copyOf(more), timeout, maxBody, tls);
  }

  /** How long a whole exchange may take. */
  public HttpTransport timeout(Duration newTimeout) {
    if (newTimeout.isNegative() || newTimeout.isZero()) {
      throw new IllegalArgumentException(
          newTimeout + " is not a time to wait. Give a positive duration, such as 10 s.");
    }
    return new HttpTransport(mapping, newTimeout, maxBody, tls);
  }

  /**
   * How much of a body is read, in bytes; what is longer is broken off there. With 0 the exchange
   * ends with the head, so that an endless body or stream costs no time.
   */
  public HttpTransport maxBody(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " is not a length. Give 0 or more bytes.");
    }
    return new HttpTransport(mapping, timeout, bytes, tls);
  }

  /**
   * This transport for the time from now on that is given: all exchanges together, however many
   * redirects a server invents.
   */
  public Transport within(Duration total) {
    long end = System.nanoTime() + total.toNanos();
    return request -> {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (left.toMillis() <= 0) {
        throw new TransportException(Reason.TIMEOUT, "all the time is over");
      }
      return timeout(left.compareTo(timeout) < 0 ? left : timeout).send(request);
    };
  }

  /** Which certificates are trusted: the socket factory of an {@code SSLContext}. */
  public HttpTransport tls(SSLSocketFactory factory) {
    return new HttpTransport(mapping, timeout, maxBody, Objects.requireNonNull(factory, "factory"));
  }

  private static Url httpUrl(String text) {
    Url url = Url.parse(text);
    if (url == null || !url.isHttp()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an http or https origin. Write one like http://localhost:8080.");
    }
    return url;
  }

  @Override
  public WireResponse send(WireRequest request) throws IOException {
    Url target = mapping.getOrDefault(request.origin(), httpUrl(request.url()));
    long end = System.nanoTime() + timeout.toNanos();
    try (Socket plain = Connector.connect(host(target), target.portOrDefault(), end);
        Deadline deadline = new Deadline(Duration.ofNanos(end - System.nanoTime()), plain)) {
      // Closed before its deadline is: to end TLS is to write, which the other side can delay.
      try (Socket socket = target.scheme().equals("https") ? secured(plain, target) : plain) {
        socket.getOutputStream().write(serialize(request));
        socket.getOutputStream().flush();
        InputStream in = new BufferedInputStream(deadline.on(socket.getInputStream()));
        return request.headers().contains("Upgrade")
            ? HttpResponseParser.readUpgrade(in, maxBody)
            : HttpResponseParser.read(in, request.method(), maxBody);
      } catch (IOException failed) {
        throw deadline.isOver()
            ? new TransportException(
                Reason.TIMEOUT, "no response within " + Connector.seconds(timeout))
            : reason(failed);
      }
    }
  }

  private SSLSocket secured(Socket plain, Url target) throws IOException {
    String host = host(target);
    SSLSocket secure = (SSLSocket) tls.createSocket(plain, host, target.portOrDefault(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!host.matches("[\\d.]+|.*:.*")) {
      parameters.setServerNames(List.of(new SNIHostName(host)));
    }
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private static TransportException reason(IOException failed) {
    if (failed instanceof TransportException known) {
      return known;
    }
    return failed instanceof SSLException noTls
        ? TlsFailure.of(noTls)
        : new TransportException(Reason.CLOSED, "the connection was lost: " + failed.getMessage());
  }

  private static String host(Url target) {
    String host = Objects.requireNonNullElse(target.host(), "");
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static byte[] serialize(WireRequest request) {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(request.authority()).append("\r\n");
    if (!request.headers().contains("Connection")) {
      head.append("Connection: close\r\n");
    }
    boolean hasLength = false;
    for (Header header : request.headers()) {
      head.append(header).append("\r\n");
      hasLength |= header.name().equalsIgnoreCase("Content-Length");
    }
    byte[] body = request.body();
    if (body.length > 0 && !hasLength) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(body);
    return out.toByteArray();
  }
}
