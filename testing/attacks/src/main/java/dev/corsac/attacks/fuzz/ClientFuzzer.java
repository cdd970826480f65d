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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Sends bytes that nobody has thought of, and asks whether what reached the upstream is what RFC
 * 9112 lets a recipient read in them.
 */
public final class ClientFuzzer implements Fuzzer {
  private static final int PATIENCE_MILLIS = 1_000;
  private static final int QUIET_MILLIS = 40;

  private final Lab lab;
  private final List<Http1Case> cases = CaseFiles.http1();

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
    List<String> wrong = new ArrayList<>();
    try (Http1Client client = new Http1Client(lab.port())) {
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
    if (!lab.upstream().tellsContent()) {
      readable = new ArrayList<>(readable);
      readable.addAll(Http1Reader.TOLERANT.unfinished(bytes));
    }
    wrong.addAll(unreadable(readable));
    if (!wrong.isEmpty()) {
      wrong.add("the client sent " + Text.all(bytes));
    }
    return wrong;
  }

  /** What the upstream saw and is not in the bytes. */
  private List<String> unreadable(List<Message> readable) throws IOException {
    List<Message> left = new ArrayList<>(readable);
    List<String> wrong = new ArrayList<>();
    for (Seen seen : lab.seen()) {
      Message request = seen.request();
      if (!left.removeIf(once(request))) {
        wrong.add("the upstream saw " + Text.quote(request.first() + "\n" + request.body()));
      }
    }
    return wrong;
  }

  /** Takes the first of them alone. */
  private Predicate<Message> once(Message request) {
    boolean[] taken = new boolean[1];
    return each -> {
      if (taken[0] || !same(each, request)) {
        return false;
      }
      taken[0] = true;
      return true;
    };
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
