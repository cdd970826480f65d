package dev.corsac.attacks.cases;

import dev.corsac.attacks.cases.Expected.End;
import dev.corsac.attacks.http.Http1Client;
import dev.corsac.attacks.http.Message;
import dev.corsac.attacks.http.Reading;
import dev.corsac.attacks.http.Reading.Whole;
import dev.corsac.attacks.http.Text;
import dev.corsac.attacks.http.Threads;
import dev.corsac.attacks.lab.Innocents;
import dev.corsac.attacks.lab.Lab;
import dev.corsac.attacks.lab.Script;
import dev.corsac.attacks.lab.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends a case over HTTP/1 and says what was wrong with what became of it. */
public final class Http1Judge {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int QUIET_MILLIS = 150;

  private final Lab lab;
  private final Expected expected;
  private final Map<String, String> names;
  private final String name;
  private final List<String> wrong = new ArrayList<>();
  private boolean refused;

  private Http1Judge(Lab lab, Expected expected, String name) {
    this.lab = lab;
    this.expected = expected;
    this.name = name;
    this.names = Names.of(name);
  }

  public static List<String> judge(Lab lab, Http1Case attack) throws IOException {
    return new Http1Judge(lab, attack.expect(), Secret.newName()).judge(attack);
  }

  private List<String> judge(Http1Case attack) throws IOException {
    try (Http1Client client = new Http1Client(lab.port())) {
      for (Script.Step step : attack.steps(names)) {
        if (step instanceof Script.Pause pause) {
          Threads.sleep(pause.millis());
        } else if (step instanceof Script.Send send) {
          client.send(send.bytes());
        }
      }
      responses(client);
      if (!refused && wrong.isEmpty()) {
        rest(client);
      }
      if (!lab.upstream().takesAll()) {
        // What of the standard a real server refuses is its own choice.
        wrong.clear();
      }
      Secret.othersIn(client.received(), name)
          .forEach(other -> wrong.add("the client got the secret of " + other));
      if (!wrong.isEmpty()) {
        wrong.add("the client got " + Text.quote(client.received()));
      }
    }
    wrong.addAll(lab.damage());
    wrong.addAll(expected.compare(lab.upstream(), refused, names));
    return wrong;
  }

  private void responses(Http1Client client) throws IOException {
    List<Integer> own = new ArrayList<>(expected.own());
    int count = expected.forwarded().size() + own.size();
    for (int i = 0; i < count; i++) {
      boolean known = own.isEmpty() && i < expected.forwarded().size();
      String method = known ? expected.forwarded().get(i).method() : "GET";
      Reading reading = client.response(method, PATIENCE_MILLIS);
      if (!(reading instanceof Whole whole)) {
        wrong.add("response " + (i + 1) + " of " + count + ": " + reading);
        return;
      }
      Message response = whole.message();
      int status = response.status();
      boolean upstreams =
          status == 200 && (method.equals("HEAD") || response.body().equals(Secret.of(name)));
      if (expected.mayRefuse() && isRefusal(status)) {
        refused = true;
        return;
      }
      if (!upstreams && !own.remove((Integer) status)) {
        wrong.add("response " + (i + 1) + " of " + count + " has the status " + status);
        return;
      }
    }
  }

  private void rest(Http1Client client) throws IOException {
    if (expected.end() == End.INCOMPLETE) {
      if (client.response("GET", QUIET_MILLIS) instanceof Whole whole
          && !isRefusal(whole.message().status())) {
        wrong.add("a response to half a request: " + whole.message().first());
      }
    } else if (expected.end() == End.REFUSED) {
      Reading reading = client.response("GET", PATIENCE_MILLIS);
      if (!(reading instanceof Whole whole) || !isRefusal(whole.message().status())) {
        wrong.add("no refusal but " + reading);
      } else if (!client.closes(PATIENCE_MILLIS / 2)) {
        wrong.add("refused, and the connection left open");
      } else if (!client.unread().isEmpty()) {
        wrong.add("bytes after the refusal");
      }
    } else if (!client.ended()) {
      probe(client);
    }
  }

  /** Another request on the connection: what the proxy takes for its start shows what it read. */
  private void probe(Http1Client client) throws IOException {
    String other = Secret.newName();
    client.send(
        "GET "
            + Innocents.TARGET
            + other
            + " HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n");
    Reading reading = client.response("GET", PATIENCE_MILLIS);
    boolean right =
        reading instanceof Whole whole && whole.message().body().equals(Secret.of(other));
    if (!right && !(client.ended() && client.unread().isEmpty())) {
      wrong.add("the next request on the connection got " + reading);
    }
    if (right) {
      client.forget();
    }
  }

  static boolean isRefusal(int status) {
    return (status >= 400 && status < 500) || status == 501 || status == 505;
  }
}
