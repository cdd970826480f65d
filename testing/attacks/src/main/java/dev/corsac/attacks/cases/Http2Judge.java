package dev.corsac.attacks.cases;

import dev.corsac.attacks.cases.Expected.End;
import dev.corsac.attacks.http.Http2Client;
import dev.corsac.attacks.http.Text;
import dev.corsac.attacks.lab.Innocents;
import dev.corsac.attacks.lab.Lab;
import dev.corsac.attacks.lab.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends a case over HTTP/2 and says what was wrong with what became of it. */
public final class Http2Judge {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int QUIET_MILLIS = 300;
  private static final int STREAM = 1;
  private static final int PROBE = 101;

  private final Lab lab;
  private final Expected expected;
  private final String name = Secret.newName();
  private final Map<String, String> names = Names.of(name);
  private final List<String> wrong = new ArrayList<>();
  private boolean refused;

  private Http2Judge(Lab lab, Expected expected) {
    this.lab = lab;
    this.expected = expected;
  }

  public static List<String> judge(Lab lab, Http2Case attack) throws IOException {
    return new Http2Judge(lab, attack.expect()).judge(attack);
  }

  private List<String> judge(Http2Case attack) throws IOException {
    try (Http2Client client = new Http2Client(lab.port())) {
      client.send(attack.bytes(names));
      boolean over =
          client.ends(STREAM, expected.end() == End.INCOMPLETE ? QUIET_MILLIS : PATIENCE_MILLIS);
      Http2Client.Stream stream = client.on(STREAM);
      stream(stream, over, client.gone());
      connection(client);
      if (!lab.upstream().takesAll()) {
        // What of the standard a real server refuses is its own choice.
        wrong.clear();
      }
      Secret.othersIn(client.received(), name)
          .forEach(other -> wrong.add("the client got the secret of " + other));
      if (!wrong.isEmpty()) {
        wrong.add("the client got " + stream.status() + " " + Text.quote(client.received()));
      }
    }
    wrong.addAll(lab.damage());
    wrong.addAll(expected.compare(lab.upstream(), refused, names));
    return wrong;
  }

  private void stream(Http2Client.Stream stream, boolean over, boolean gone) {
    boolean refusal =
        stream.reset()
            || gone
            || (!stream.status().isEmpty()
                && Http1Judge.isRefusal(Integer.parseInt(stream.status())));
    if (expected.mayRefuse() && refusal) {
      refused = true;
      return;
    }
    switch (expected.end()) {
      case REFUSED, CONNECTION_REFUSED -> {
        if (!refusal) {
          wrong.add(over ? "no refusal but the status " + stream.status() : "no response");
        }
      }
      case INCOMPLETE -> {
        if (over && !refusal) {
          wrong.add("a response to half a request: " + stream.status());
        }
      }
      case OPEN -> {
        boolean own =
            expected.own().stream().anyMatch(status -> stream.status().equals(status + ""));
        boolean head = expected.forwarded().stream().anyMatch(each -> each.method().equals("HEAD"));
        boolean upstreams =
            stream.status().equals("200") && (head || stream.body().equals(Secret.of(name)));
        if (!stream.whole() || !(own || upstreams)) {
          wrong.add("the response is not the upstream's");
        }
      }
    }
  }

  /** A fault of one stream is not to cost the others (RFC 9113 section 5.4.2). */
  private void connection(Http2Client client) throws IOException {
    if (expected.end() == End.CONNECTION_REFUSED) {
      if (!client.gone()) {
        client.ends(PROBE, PATIENCE_MILLIS);
      }
      if (!client.gone()) {
        wrong.add("the connection is left open");
      }
      return;
    }
    if (expected.end() == End.INCOMPLETE) {
      return;
    }
    String other = Secret.newName();
    client.get(PROBE, Innocents.TARGET + other);
    client.ends(PROBE, PATIENCE_MILLIS);
    if (client.on(PROBE).body().equals(Secret.of(other))) {
      client.forget(Secret.of(other));
    } else {
      wrong.add("another stream of the connection is lost" + (client.gone() ? " with it" : ""));
    }
  }
}
