package dev.corsac.attacks.lab;

import java.io.IOException;
import java.util.List;

/** A server behind the proxy that tells what reached it. Innocents' requests are not reported. */
public interface Upstream extends AutoCloseable {
  int port();

  /** What was seen since the last call, in order. */
  List<Seen> seen() throws IOException;

  /** What was wrong with the bytes that came, since the last call. */
  List<String> complaints() throws IOException;

  /** Whether what is seen was there to its end, with its content. */
  default boolean tellsContent() {
    return true;
  }

  /** Whether it responds to all that the standard allows. */
  default boolean takesAll() {
    return true;
  }

  @Override
  void close();
}
