package dev.corsac.benchmarks;

import dev.corsac.CorsPolicy;
import dev.corsac.CorsRequest;
import dev.corsac.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Looking an origin up, as it comes off the wire (a new string each time), beside a {@code
 * HashSet<String>}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgs = "-Xmx3g")
public class OriginSetBenchmark {
  private static final int DISTINCT = 1 << 16;

  /** How many origins are allowed. */
  @Param({"1", "1000", "1000000"})
  public int size;

  /** Of which kind they are. */
  @Param({"EXACT", "PATTERNS", "SHARED", "COLLIDING"})
  public OriginShape shape = OriginShape.EXACT;

  private CorsPolicy policy = CorsPolicy.builder().build();
  private Set<String> set = Set.of();
  private byte[][] asked = new byte[0][];
  private int next;

  /** Fills both with the same origins. */
  @Setup
  public void setUp() {
    List<String> origins = shape.entries(size);
    policy = CorsPolicy.builder().allowOrigins(origins).build();
    set = new HashSet<>(origins);
    asked = new byte[DISTINCT][];
    for (int i = 0; i < DISTINCT; i++) {
      int spread = Math.floorMod(i * 7919, size);
      asked[i] = shape.asked(spread).getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private String origin() {
    next = (next + 1) % DISTINCT;
    return new String(asked[next], StandardCharsets.ISO_8859_1);
  }

  /** The whole decision of a policy. */
  @Benchmark
  public boolean policy() {
    return policy.decide(asked(origin())).reason() == Reason.ORIGIN_ALLOWED;
  }

  /**
   * What a hand-written look-up would do: read the header, see that there is one, ask the set; for
   * patterns about each parent of the host.
   */
  @Benchmark
  public boolean hashSet() {
    CorsRequest request = asked(origin());
    String origin = request.header("Origin");
    if (origin == null || request.headers("Origin").size() != 1) {
      return false;
    }
    return shape == OriginShape.PATTERNS ? containsParent(origin) : set.contains(origin);
  }

  private boolean containsParent(String origin) {
    int scheme = origin.indexOf("://") + 3;
    for (int dot = origin.indexOf('.', scheme); dot > 0; dot = origin.indexOf('.', dot + 1)) {
      if (set.contains(origin.substring(0, scheme) + "*" + origin.substring(dot))) {
        return true;
      }
    }
    return false;
  }

  private static CorsRequest asked(String origin) {
    return new CorsRequest() {
      @Override
      public String method() {
        return "GET";
      }

      @Override
      public String path() {
        return "/";
      }

      @Override
      public String header(String name) {
        return origin;
      }

      @Override
      public List<String> headers(String name) {
        return List.of(origin);
      }
    };
  }
}
