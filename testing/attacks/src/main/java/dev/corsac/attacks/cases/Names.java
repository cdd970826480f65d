package dev.corsac.attacks.cases;

import dev.corsac.attacks.lab.Secret;
import java.util.Map;

/** What the cases' texts may name, for one client. */
public final class Names {
  /** How the targets of attackers start. */
  public static final String PATH = "/c/";

  private static final String SMUGGLED =
      "GET /smuggled/${name} HTTP/1.1\r\nHost: a.example\r\n\r\n";

  private Names() {}

  /**
   * {@code name}: the client's; {@code path}: its target; {@code secret}: what its response holds;
   * {@code smuggled}: a whole second request; {@code ok}: the right response to a GET; {@code
   * poison}: a response that nobody may get.
   */
  public static Map<String, String> of(String name) {
    return Map.of(
        "name",
        name,
        "path",
        PATH + name,
        "secret",
        Secret.of(name),
        "smuggled",
        SMUGGLED,
        "zero-smuggled",
        "0\r\n\r\n" + SMUGGLED,
        "x-smuggled",
        "x" + SMUGGLED,
        "ok",
        Secret.response(name, true),
        "poison",
        Secret.response("POISON", true));
  }
}
