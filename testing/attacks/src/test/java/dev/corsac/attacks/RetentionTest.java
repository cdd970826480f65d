package dev.corsac.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.attacks.http.Threads;
import dev.corsac.attacks.lab.GatewayConfig;
import dev.corsac.attacks.lab.GatewayInProcess;
import dev.corsac.attacks.lab.RecordingUpstream;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The small version of {@code attack memory}: of what is finished, nothing is kept. */
@Isolated("the heap is the JVM's")
class RetentionTest {
  private static final int FEW = 500;
  private static final int MANY = 3_000;
  private static final int ABORTED = 300;

  /** Connections come and go; of the requests a tenth would be far more. */
  private static final long SLACK = 150;

  private static final Pattern COUNTED =
      Pattern.compile(
          " *[0-9]+: +([0-9]+) +[0-9]+ +(dev\\.corsac\\.gateway\\.|io\\.vertx\\.core\\.http\\."
              + "|io\\.netty\\.handler\\.codec\\.http\\.).*");

  @Test
  void finishedRequests_areNotKept() throws Exception {
    compare(load -> {}, load -> load.requests(MANY));
  }

  @Test
  void abortedUploads_areNotKept() throws Exception {
    compare(load -> load.abortedUploads(20), load -> load.abortedUploads(ABORTED));
  }

  private static void compare(Consumer<Load> warmUp, Consumer<Load> work) throws Exception {
    try (RecordingUpstream upstream = new RecordingUpstream();
        GatewayInProcess gateway = new GatewayInProcess(GatewayConfig.patient(upstream.port()))) {
      Load load = new Load(gateway.port());
      load.requests(FEW);
      warmUp.accept(load);
      Threads.sleep(500);
      long few = live();
      work.accept(load);
      assertThat(settled(few + SLACK)).as("live objects of requests").isLessThan(few + SLACK);
      assertThat(load.wrong()).isEmpty();
    }
  }

  /** The live objects, once the connections that nobody uses are closed too. */
  private static long settled(long enough) throws Exception {
    long count = live();
    for (int i = 0; i < 40 && count >= enough; i++) {
      Threads.sleep(300);
      count = Math.min(count, live());
    }
    return count;
  }

  private static long live() throws Exception {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    return COUNTED
        .matcher(histogram)
        .results()
        .mapToLong(line -> Long.parseLong(line.group(1)))
        .sum();
  }
}
