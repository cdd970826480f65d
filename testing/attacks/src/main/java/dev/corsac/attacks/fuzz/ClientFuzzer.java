package dev.corsac.attacks.fuzz;

import dev.corsac.attacks.cases.CaseFiles;
import dev.corsac.attacks.cases.Http1Case;
import dev.corsac.attacks.cases.Template;
import dev.corsac.attacks.http.Http1Client;
import dev.corsac.attacks.http.Http1Reader;
import dev.corsac.attacks.http.Message;
import dev.corsac.attacks.http.Reading;
import dev.corsac.attacks.http.Reading.Whole;
import dev.corsac.attacks.http.Text;
import dev.corsac.attacks.lab.Lab;
import dev.corsac.attacks.lab.Secret;
import dev.corsac.attacks.lab.Seen;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Sends bytes that nobody has thought of, and asks whether what reached the upstream is what RFC
 * 9112 lets a recipient read in them.
 */
public final class ClientFuzzer implements Fuzzer {
  private static final int PATIENCE_MILLIS = 1_000;
  private static final int QUIET_MILLIS = 40;

  /** More than one round makes, so that what is late is known for whose it is. */
  private static final int MOST_REMEMBERED = 500;

  private final Lab lab;
  private final List<Http1Case> cases = CaseFiles.http1();

  /** By the client's address: what the upstream may still see. */
  private final Map<String, List<Message>> sent = new LinkedHashMap<>();

  private int attempts;

  public ClientFuzzer(Lab lab) {
    this.lab = lab;
  }

  @Override
  public String generate(Random random) {
    String grown = Template.fill(RequestGrammar.of(random), OPEN);
    String known = cases.get(random.nextInt(cases.size())).bytes(OPEN);
    boolean grow = known.length() > MOST_BYTES || random.nextInt(3) == 0;
    // Some as they are: what the grammar puts together is odd enough.
    return grow && random.nextInt(3) == 0 ? grown : Mutation.of(grow ? grown : known, random);
  }

  @Override
  public List<String> attempt(String open) throws IOException {
    String name = Secret.newName();
    String bytes = open.replace(SOMEBODY, name);
    List<Message> readable = Http1Reader.TOLERANT.requests(bytes);
    InetAddress from = nextAddress();
    remember(from, readable, bytes);
    List<String> wrong = new ArrayList<>();
    try (Http1Client client = new Http1Client(lab.port(), from)) {
      client.send(bytes);
      for (int i = 0; ; i++) {
        boolean known = i < readable.size();
        Reading reading =
            client.response(
                known ? readable.get(i).method() : "GET", known ? PATIENCE_MILLIS : QUIET_MILLIS);
        if (!(reading instanceof Whole whole)) {
          break;
        }
        int status = whole.message().status();
        if (lab.upstream().takesAll() && status >= 500 && status != 501 && status != 505) {
          wrong.add("the client got " + whole.message().first());
        }
      }
      Secret.othersIn(client.received(), name).stream()
          .filter(other -> !bytes.contains(other))
          .forEach(other -> wrong.add("the client got the secret of " + other));
    }
    wrong.addAll(lab.damage());
    wrong.addAll(unreadable());
    if (!wrong.isEmpty()) {
      wrong.add(from.getHostAddress() + " sent " + Text.all(bytes));
    }
    return wrong;
  }

  /**
   * One of its own for each attempt, where the system has many: a request that reaches the upstream
   * when its client is gone and another is there is not laid to that one.
   */
  private InetAddress nextAddress() throws IOException {
    int number = attempts++;
    byte[] address = {127, (byte) (1 + (number >> 16) % 100), (byte) (number >> 8), (byte) number};
    InetAddress next = InetAddress.getByAddress(address);
    try (ServerSocket probe = new ServerSocket(0, 1, next)) {
      return probe.getInetAddress();
    } catch (BindException e) {
      return InetAddress.getLoopbackAddress();
    }
  }

  private void remember(InetAddress from, List<Message> readable, String bytes) {
    List<Message> seeable = new ArrayList<>(readable);
    if (!lab.upstream().tellsContent()) {
      seeable.addAll(Http1Reader.TOLERANT.unfinished(bytes));
    }
    if (sent.size() == MOST_REMEMBERED) {
      sent.remove(sent.keySet().iterator().next());
    }
    sent.put(from.getHostAddress(), seeable);
  }

  /** What the upstream saw and is not in the bytes; a request of nobody is in no bytes. */
  private List<String> unreadable() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Seen seen : lab.seen()) {
      Message request = seen.request();
      List<Message> left = seen.client().isEmpty() ? List.of() : sent.get(seen.client());
      if (left != null && !takeOne(left, request)) {
        wrong.add(
            "the upstream saw of "
                + seen.client()
                + ' '
                + Text.quote(request.first() + "\n" + request.body()));
      }
    }
    return wrong;
  }

  private boolean takeOne(List<Message> left, Message request) {
    Optional<Message> one = left.stream().filter(each -> same(each, request)).findFirst();
    one.ifPresent(left::remove);
    return one.isPresent();
  }

  private boolean same(Message sent, Message seen) {
    String target = sent.target().replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://[^/?]*", "");
    boolean sameTarget =
        seen.target().equals(target.startsWith("/") || target.equals("*") ? target : "/" + target);
    return sameTarget
        && sent.method().equals(seen.method())
        && (!lab.upstream().tellsContent() || sent.body().equals(seen.body()));
  }
}
