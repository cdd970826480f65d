package dev.corsac.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The small version of {@code attack memory}: of what is finished, nothing is kept. */
class RetentionTest {
  private static final int FEW = 1_000;
  private static final int MANY = 5_000;
  private static final int ABORTED = 400;

  /** Connections come and go; of the requests a tenth would be far more. */
  private static final long SLACK = 150;

  private static final Pattern COUNTED =
      Pattern.compile(
          " *[0-9]+: +([0-9]+) +[0-9]+ +(dev\\.corsac\\.gateway\\.|io\\.vertx\\.core\\.http\\."
              + "|io\\.netty\\.handler\\.codec\\.http\\.).*");

  @Test
  void finishedRequests_areNotKept() throws Exception {
    try (RecordingUpstream upstream = new RecordingUpstream();
        GatewayInProcess gateway = new GatewayInProcess(GatewayConfig.patient(upstream.port()))) {
      Load load = new Load(gateway.port());
      load.requests(FEW);
      load.abortedUploads(20);
      long few = settled(0);
      load.requests(MANY);
      load.abortedUploads(ABORTED);
      assertThat(settled(few + SLACK)).as("live objects of requests").isLessThan(few + SLACK);
      assertThat(load.wrong()).isEmpty();
    }
  }

  /** The live objects, once what is under way has ended. */
  private static long settled(long enough) throws Exception {
    long count = live();
    for (int i = 0; i < 10 && count >= enough; i++) {
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
    return COUNTED.matcher(histogram).results().mapToLong(line -> Long.parseLong(line.group(1))).sum();
  }
}
