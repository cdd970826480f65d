package dev.corsac.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints what a whole server takes for one request over a connection that stays, processor time of
 * its threads and bytes that they allocate: without CORS, with Corsac, and with what the stack has
 * itself. The three run in one JVM and are measured in turns; each figure is the median of them.
 */
public final class ServerCost {
  private static final Pattern HEAD = Pattern.compile("(.+\r\n)+\r\n");
  private static final Pattern BODY = Pattern.compile("(?i)\ncontent-length: ([0-9]{1,4})\r");
  private static final Pattern GRANT = Pattern.compile("(?i)\naccess-control-allow-origin: (.*)\r");
  private static final int WARM = 32_000;
  private static final int MEASURED = 12_800;

  /** Grizzly takes 256 requests over a connection. */
  private static final int OF_A_CONNECTION = 128;

  private ServerCost() {}

  /** Runs with the name of a {@link Stack} in lower case and the number of turns. */
  public static void main(String... arguments) throws Exception {
    // The JDK's server would wait 40 ms for the acknowledgement of each head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Stack stack = Stack.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    int turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 21;
    try {
      measure(stack, turns).forEach(course -> System.out.println(arguments[0] + " " + course));
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1); // the servers' threads would go on
    }
  }

  private static List<Course> measure(Stack stack, int turns) throws Exception {
    List<Course> courses = new ArrayList<>();
    for (Guard guard : Guard.values()) {
      if (guard == Guard.OWN && !stack.hasOwn) {
        continue;
      }
      int port = stack.start(guard);
      requests()
          .forEach((name, text) -> courses.add(new Course(stack, guard, name, port, text, turns)));
    }
    for (Course course : courses) {
      course.check();
      course.run(WARM);
    }
    for (int turn = 0; turn < turns; turn++) {
      for (Course course : courses) {
        course.measure(turn);
      }
    }
    return courses;
  }

  private static Map<String, String> requests() {
    String origin = "Origin: " + Stack.ORIGIN + "\r\n";
    return new TreeMap<>(
        Map.of(
            "no-origin",
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "allowed-get",
            "GET / HTTP/1.1\r\nHost: localhost\r\n" + origin + "\r\n",
            "denied-get",
            "GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example.org\r\n\r\n",
            "allowed-preflight",
            "OPTIONS / HTTP/1.1\r\nHost: localhost\r\n"
                + origin
                + "Access-Control-Request-Method: PUT\r\n"
                + "Access-Control-Request-Headers: authorization,content-type\r\n\r\n"));
  }

  /** What answers for CORS. */
  enum Guard {
    NONE,
    CORSAC,
    OWN
  }

  /** One request to one server, again and again. */
  private static final class Course {
    private final Guard guard;
    private final String name;
    private final int pipelined;
    private final byte[] requests;
    private final int port;
    private final byte[] buffer = new byte[1 << 16];
    private final double[] nanoseconds;
    private final double[] bytes;

    Course(Stack stack, Guard guard, String name, int port, String request, int turns) {
      this.port = port;
      this.pipelined = stack.pipelined;
      this.guard = guard;
      this.name = name;
      this.requests = request.repeat(pipelined).getBytes(StandardCharsets.US_ASCII);
      this.nanoseconds = new double[turns];
      this.bytes = new double[turns];
    }

    /** A guard that grants what it must not, or nothing, is not worth a measurement. */
    void check() throws IOException {
      Matcher grant = GRANT.matcher(new String(buffer, 0, run(1), StandardCharsets.ISO_8859_1));
      String granted = grant.find() ? grant.group(1) : "";
      String expected = guard != Guard.NONE && name.startsWith("allowed") ? Stack.ORIGIN : "";
      if (!granted.equals(expected)) {
        throw new IllegalStateException(guard + " grants '" + granted + "' in " + name);
      }
    }

    void measure(int turn) throws IOException {
      long bytesBefore = sum(true);
      long timeBefore = sum(false);
      run(MEASURED);
      nanoseconds[turn] = (sum(false) - timeBefore) / (double) MEASURED;
      bytes[turn] = (sum(true) - bytesBefore) / (double) MEASURED;
    }

    int run(int times) throws IOException {
      int length = 0;
      for (int done = 0; done < times; done += OF_A_CONNECTION) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket.setTcpNoDelay(true);
          socket.setSoTimeout(10_000);
          for (int i = 0; i < Math.min(times, OF_A_CONNECTION); i += pipelined) {
            length = exchange(socket);
          }
        }
      }
      return length;
    }

    /** Returns the length of the responses. */
    private int exchange(Socket socket) throws IOException {
      InputStream in = socket.getInputStream();
      socket.getOutputStream().write(requests);
      int length = 0;
      int end = 0;
      for (int responses = 0; responses < pipelined; ) {
        int read = in.read(buffer, length, buffer.length - length);
        if (read < 0) {
          throw new IOException(guard + " closed in " + name);
        }
        length += read;
        String text = new String(buffer, end, length - end, StandardCharsets.ISO_8859_1);
        int from = 0;
        for (int next; responses < pipelined && (next = end(text, from)) > 0; from = next) {
          responses++;
        }
        end += from;
      }
      return length;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-6s %-18s %7.0f ns %7.0f bytes",
          guard.name().toLowerCase(Locale.ROOT),
          name,
          median(nanoseconds),
          median(bytes));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Where the response that begins at an index ends; -1 if more of it is to come. */
  private static int end(String text, int from) {
    Matcher head = HEAD.matcher(text).region(from, text.length());
    if (!head.lookingAt()) {
      return -1;
    }
    Matcher body = BODY.matcher(head.group());
    int end = head.end() + (body.find() ? Integer.parseInt(body.group(1)) : 0);
    return end <= text.length() ? end : -1;
  }

  /** Of all threads but this one: bytes allocated, or nanoseconds of processor time. */
  private static long sum(boolean allocated) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids = threads.getAllThreadIds();
    long[] each = allocated ? threads.getThreadAllocatedBytes(ids) : threads.getThreadCpuTime(ids);
    long sum = 0;
    for (int i = 0; i < ids.length; i++) {
      sum += ids[i] == Thread.currentThread().getId() ? 0 : Math.max(0, each[i]);
    }
    return sum;
  }
}
