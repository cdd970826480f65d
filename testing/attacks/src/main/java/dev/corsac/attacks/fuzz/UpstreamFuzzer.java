package dev.corsac.attacks.fuzz;

import dev.corsac.attacks.cases.CaseFiles;
import dev.corsac.attacks.cases.Names;
import dev.corsac.attacks.cases.UpstreamCase;
import dev.corsac.attacks.http.Http1Client;
import dev.corsac.attacks.http.Http1Reader;
import dev.corsac.attacks.http.Message;
import dev.corsac.attacks.http.Reading;
import dev.corsac.attacks.http.Reading.Unfinished;
import dev.corsac.attacks.http.Reading.Whole;
import dev.corsac.attacks.http.Text;
import dev.corsac.attacks.http.Threads;
import dev.corsac.attacks.lab.Lab;
import dev.corsac.attacks.lab.Script;
import dev.corsac.attacks.lab.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets an upstream send bytes that nobody has thought of, and asks whether a response that is whole
 * to the client is one that RFC 9112 lets a recipient read in them.
 *
 * <p>What it makes starts with one character each for the request's method and for what becomes of
 * the connection; the rest is sent.
 */
public final class UpstreamFuzzer implements Fuzzer {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int ARRIVAL_MILLIS = 10;

  /** What the gateway says for itself begins so. */
  private static final String OWN = "Corsac gateway: ";

  private final Lab lab;
  private final List<UpstreamCase> cases = CaseFiles.upstream();

  public UpstreamFuzzer(Lab lab) {
    this.lab = lab;
  }

  @Override
  public String generate(Random random) {
    String bytes = "";
    while (bytes.isEmpty() || bytes.length() > MOST_BYTES) {
      UpstreamCase attack = cases.get(random.nextInt(cases.size()));
      StringBuilder sent = new StringBuilder();
      for (Script.Step step : attack.script(SOMEBODY, OPEN).steps()) {
        if (step instanceof Script.Send send) {
          sent.append(send.bytes());
        }
      }
      bytes = sent.toString();
    }
    String method = random.nextInt(6) == 0 ? "H" : "G";
    String end = random.nextInt(3) == 0 ? "C" : random.nextInt(8) == 0 ? "R" : "K";
    return method + end + Mutation.of(bytes, random);
  }

  @Override
  public List<String> attempt(String generated) throws Exception {
    if (generated.length() < 2) {
      return List.of();
    }
    String name = Secret.newName();
    String method = generated.charAt(0) == 'H' ? "HEAD" : "GET";
    String bytes = generated.substring(2).replace(SOMEBODY, name);
    boolean reset = generated.charAt(1) == 'R';
    // Nobody waits for the rest of what does not come.
    boolean close =
        generated.charAt(1) != 'K' || readable(bytes, method, false) instanceof Unfinished;
    Reading reading = readable(bytes, method, close && !reset);
    List<Script.Step> steps = new ArrayList<>(List.of(new Script.Send(bytes)));
    if (close) {
      steps.add(new Script.Close(reset));
    }
    CountDownLatch played = lab.recording().play(new Script(name, Script.When.REQUEST, steps));
    List<String> wrong = new ArrayList<>();
    try (Http1Client client = new Http1Client(lab.port())) {
      client.send(method + " " + Names.PATH + name + " HTTP/1.1\r\nHost: a.example\r\n\r\n");
      Reading got = client.response(method, PATIENCE_MILLIS);
      String fault = fault(got, reading, name, method, client.ended());
      if (fault != null) {
        wrong.add(fault);
      }
      Secret.othersIn(client.received(), name).stream()
          .filter(other -> !ownPart(bytes, method).contains(other))
          .forEach(other -> wrong.add("the client got the secret of " + other));
      if (!wrong.isEmpty()) {
        wrong.add("the client got " + Text.quote(client.received()));
      }
    }
    played.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    Threads.sleep(ARRIVAL_MILLIS);
    wrong.addAll(lab.damage());
    lab.seen();
    if (!wrong.isEmpty()) {
      wrong.add(
          "the upstream sent to " + method + ": " + Text.all(bytes) + (close ? " and closed" : ""));
    }
    return wrong;
  }

  /** The final response that is in the bytes. */
  private static Reading readable(String bytes, String method, boolean closed) {
    int from = 0;
    while (true) {
      Reading reading = Http1Reader.TOLERANT.response(bytes, from, method, closed);
      if (!(reading instanceof Whole whole) || whole.message().status() >= 200) {
        return reading;
      }
      from = whole.end();
    }
  }

  /** What was sent for the very request: all up to the end of its final response, if that ends. */
  private static String ownPart(String bytes, String method) {
    return readable(bytes, method, false) instanceof Whole whole
        ? bytes.substring(0, whole.end())
        : bytes;
  }

  /** RFC 9110 section 15.3.6: 205 has no content, whatever was sent with it. */
  private static boolean isEmptyReset(Message response) {
    return response.status() == 205 && response.body().isEmpty();
  }

  private static @Nullable String fault(
      Reading got, Reading right, String name, String method, boolean ended) {
    if (!(got instanceof Whole whole)) {
      // Broken off; but not for ever silent, and never something else than HTTP.
      return got instanceof Unfinished && ended ? null : "the client got " + got;
    }
    Message response = whole.message();
    boolean own =
        (response.status() == 502 || response.status() == 504)
            && (method.equals("HEAD") || response.body().startsWith(OWN));
    // A GET may be repeated, and the upstream misbehaves once.
    boolean repeated = response.values("X-Secret").contains(Secret.of(name));
    boolean same =
        right instanceof Whole there
            && there.message().status() == response.status()
            && (there.message().body().equals(response.body()) || isEmptyReset(response));
    return own || repeated || same
        ? null
        : "the client got " + response.first() + " and the upstream's bytes are " + right;
  }
}
