package dev.corsac.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * The signals of the operating system that a server listens to.
 *
 * <p>{@code sun.misc.Signal} has no supported successor and javac warns of it, so it is called by
 * reflection; where it is missing, or a system lacks a signal, nothing happens.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs something whenever a signal arrives, on a thread of its own, in place of what the JVM
   * would do.
   *
   * @param name without SIG, such as {@code HUP}
   * @return false if this system does not let us
   */
  static boolean on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                switch (method.getName()) {
                  case "handle" -> action.run();
                  case "hashCode" -> {
                    return System.identityHashCode(self);
                  }
                  case "equals" -> {
                    return arguments != null && self == arguments[0];
                  }
                  default -> {
                    return "signal handler";
                  }
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Falls to zero at Ctrl-C or SIGTERM, which end nothing else from now on. */
  static CountDownLatch stop() {
    CountDownLatch stop = new CountDownLatch(1);
    on("INT", stop::countDown);
    on("TERM", stop::countDown);
    return stop;
  }
}
