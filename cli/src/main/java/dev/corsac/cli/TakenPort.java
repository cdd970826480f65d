package dev.corsac.cli;

import dev.corsac.cli.text.Printable;
import dev.corsac.gateway.PortTakenException;
import java.io.PrintWriter;

/** How a server's command ends if another program has its port. */
final class TakenPort {
  private TakenPort() {}

  /**
   * Says so, and what to do.
   *
   * @param other what to do if the other program stays, as the end of a sentence
   * @return the exit code
   */
  static int report(PrintWriter err, PortTakenException taken, String other) {
    err.println(
        Printable.text(
            "Port "
                + taken.address().port()
                + " is taken by another program. Stop it, or "
                + other
                + "."));
    return 2;
  }
}
