package dev.corsac.attacks.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corsac.attacks.http.Http1Client;
import dev.corsac.attacks.http.Http2Client;
import dev.corsac.attacks.http.Http2Frame;
import dev.corsac.attacks.http.Message;
import dev.corsac.attacks.http.Reading;
import dev.corsac.attacks.http.Reading.Unfinished;
import dev.corsac.attacks.http.Reading.Whole;
import dev.corsac.attacks.http.Text;
import dev.corsac.attacks.http.Threads;
import dev.corsac.attacks.lab.Lab;
import dev.corsac.attacks.lab.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets an upstream misbehave to a request, and says what was wrong with what clients got. */
public final class UpstreamJudge {
  /** The protocols that a client may speak. */
  public enum Version {
    HTTP_1_0("HTTP/1.0"),
    HTTP_1_1("HTTP/1.1"),
    HTTP_2("HTTP/2");

    final String text;

    Version(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final int PATIENCE_MILLIS = 10_000;
  private static final int ARRIVAL_MILLIS = 100;

  /** More would be a way to fill the memory of a client, or of what is between. */
  private static final int MOST_INTERIM = 100;

  private final Lab lab;
  private final UpstreamCase attack;
  private final Version version;
  private final String name = Secret.newName();
  private final Map<String, String> names = Names.of(name);
  private final List<String> wrong = new ArrayList<>();

  private UpstreamJudge(Lab lab, UpstreamCase attack, Version version) {
    this.lab = lab;
    this.attack = attack;
    this.version = version;
  }

  public static List<String> judge(Lab lab, UpstreamCase attack, Version version) throws Exception {
    return new UpstreamJudge(lab, attack, version).judge();
  }

  private List<String> judge() throws Exception {
    CountDownLatch played = lab.recording().play(attack.script(name, names));
    String received = version == Version.HTTP_2 ? askHttp2() : askHttp1();
    Secret.othersIn(received, name)
        .forEach(other -> wrong.add("the client got the secret of " + other));
    if (!wrong.isEmpty()) {
      wrong.add("the client got " + Text.quote(received));
    }
    // While the upstream plays, it reads nothing: what it sends to the next request on the
    // connection
    // is the response to that one, and no proxy can know better.
    played.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (attack.send().stream().anyMatch(JsonNode::isInt)) {
      Threads.sleep(ARRIVAL_MILLIS);
    }
    wrong.addAll(lab.damage());
    long seen = lab.seen().stream().filter(each -> each.name().equals(name)).count();
    // One more: an upstream that closes at once may be asked again (RFC 9110 section 9.2.2).
    if (seen > 2) {
      wrong.add("the upstream was asked " + seen + " times");
    }
    return wrong;
  }

  private String askHttp1() throws IOException {
    try (Http1Client client = new Http1Client(lab.port())) {
      String body = body();
      client.sendAside(
          attack.method()
              + " "
              + names.get("path")
              + " "
              + version
              + "\r\nHost: a.example\r\n"
              + (body == null ? "" : "Content-Length: " + body.length() + "\r\n")
              + "\r\n"
              + (body == null ? "" : body));
      Reading reading = client.response(attack.method(), PATIENCE_MILLIS);
      if (reading instanceof Whole whole) {
        Message response = whole.message();
        boolean untilClose =
            response.values("Content-Length").isEmpty()
                && response.values("Transfer-Encoding").isEmpty();
        outcome(response.status(), response.body(), untilClose);
      } else if (reading instanceof Unfinished && client.ended()) {
        outcome("broken");
      } else {
        outcome(client.ended() ? "nothing of HTTP: " + reading : "nothing in time: " + reading);
      }
      interim(client.interim());
      return client.received();
    }
  }

  private void interim(List<Integer> interim) {
    if (version == Version.HTTP_1_0 && !interim.isEmpty()) {
      wrong.add("interim responses to HTTP/1.0: " + interim.get(0));
    }
    if (interim.size() > MOST_INTERIM) {
      wrong.add(interim.size() + " interim responses");
    }
  }

  private String askHttp2() throws IOException {
    try (Http2Client client = new Http2Client(lab.port())) {
      String body = body();
      client.send(
          Http2Frame.of(
              Http2Frame.HEADERS,
              Http2Frame.END_HEADERS | (body == null ? Http2Frame.END_STREAM : 0),
              1,
              Http2Frame.headerBlock(
                  List.of(
                      List.of(":method", attack.method()),
                      List.of(":scheme", "http"),
                      List.of(":authority", "a.example"),
                      List.of(":path", names.getOrDefault("path", ""))))));
      if (body != null) {
        sendBody(client, body);
      }
      boolean over = client.ends(1, PATIENCE_MILLIS);
      Http2Client.Stream stream = client.on(1);
      if (stream.whole()) {
        outcome(Integer.parseInt(stream.status()), stream.body(), false);
      } else if (over) {
        outcome("broken");
      } else {
        outcome("nothing in time");
      }
      return client.received();
    }
  }

  /** In frames of the size that everybody takes, and no more than the first window allows. */
  private static void sendBody(Http2Client client, String body) {
    String sent = body.substring(0, Math.min(body.length(), 65_535));
    for (int at = 0; at < sent.length(); at += 16_384) {
      int end = Math.min(sent.length(), at + 16_384);
      int flags = end == body.length() ? Http2Frame.END_STREAM : 0;
      client.send(Http2Frame.of(Http2Frame.DATA, flags, 1, sent.substring(at, end)));
    }
  }

  private @Nullable String body() {
    UpstreamCase.Request request = attack.request();
    return request == null || request.body() == null ? null : Template.fill(request.body(), names);
  }

  private void outcome(int status, String body, boolean untilClose) {
    UpstreamCase.Response right = attack.whole();
    if (right != null && right.status() == status) {
      String content = right.body();
      String rightBody =
          content == null || attack.method().equals("HEAD") ? "" : Template.fill(content, names);
      if (body.equals(rightBody)) {
        outcome("whole");
        return;
      }
    }
    if (status == 502 || status == 504) {
      outcome(Integer.toString(status));
    } else if (version == Version.HTTP_1_0 && untilClose && attack.expect().contains("broken")) {
      // Where the end of the connection is the end of the body, no client can see more.
      return;
    } else {
      outcome("a response that looks whole: " + status + " " + Text.quote(body));
    }
  }

  private void outcome(String outcome) {
    if (!attack.expect().contains(outcome)) {
      wrong.add(outcome + " instead of " + String.join(" or ", attack.expect()));
    }
  }
}
