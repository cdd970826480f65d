package dev.corsac.browser.http;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When an exchange must be over: its socket is closed then, whatever waits on it.
 *
 * <p>A socket's own timeout begins anew with every byte that arrives, and never counts for a write:
 * a peer that sends a TLS record byte by byte, or that reads nothing, would hold a handshake, a
 * read, a write or the end of TLS for as long as it likes.
 */
final class Deadline implements Closeable {
  private final long end;
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();

  /** Closes the socket after a time, unless the deadline is closed before. */
  @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the socket to be closed.
  Deadline(Duration timeout, Socket socket) {
    end = System.nanoTime() + timeout.toNanos();
    over.completeOnTimeout(true, timeout.toNanos(), TimeUnit.NANOSECONDS)
        .thenAccept(
            isOver -> {
              if (isOver) {
                closeQuietly(socket);
              }
            });
  }

  /** Whether the time has run out. */
  boolean isOver() {
    return over.getNow(false) || millisecondsLeft() == 0;
  }

  int millisecondsLeft() {
    return (int) Math.max(0, Math.min((end - System.nanoTime()) / 1_000_000, Integer.MAX_VALUE));
  }

  /** The stream, whose reads fail with {@link SocketTimeoutException} once the time has run out. */
  InputStream on(InputStream stream) {
    return new FilterInputStream(stream) {
      @Override
      public int read() throws IOException {
        try {
          return super.read();
        } catch (IOException failed) {
          throw reason(failed);
        }
      }

      @Override
      public int read(byte @Nullable [] buffer, int offset, int length) throws IOException {
        try {
          return super.read(buffer, offset, length);
        } catch (IOException failed) {
          throw reason(failed);
        }
      }
    };
  }

  private IOException reason(IOException failed) {
    return isOver() ? new SocketTimeoutException("the time is over") : failed;
  }

  @Override
  public void close() {
    over.complete(false);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Closed is what it should be.
    }
  }
}
