package dev.corsac;

/** What an entry of an {@link OriginSet} is filed under. */
final class OriginKey {
  static final int ANY_PORT = 1;
  static final int SUBDOMAINS = 2;

  /** By their codes; 0 is every other. */
  static final String[] SCHEMES = {"", "https://", "http://"};

  /** The entry without what its wildcards are written as. */
  final String text;

  final int kind;
  final int hash;

  /** Of a pattern. */
  final int domainLength;

  OriginKey(String entry) {
    int hostStart = entry.indexOf("://") + 3;
    boolean anyPort = entry.endsWith(":*");
    boolean subdomain = entry.startsWith("*.", hostStart);
    kind = (anyPort ? ANY_PORT : 0) | (subdomain ? SUBDOMAINS : 0);
    String bare = anyPort ? entry.substring(0, entry.length() - 2) : entry;
    text = subdomain ? bare.substring(0, hostStart) + bare.substring(hostStart + 2) : bare;
    if (kind == 0) {
      domainLength = 0;
      hash = OriginHash.of(text);
    } else {
      int hostEnd = OriginSyntax.hostEnd(text, hostStart);
      domainLength = hostEnd - hostStart;
      // From the right and without the port, as it is looked for.
      DomainHash domain = new DomainHash();
      for (int i = hostEnd - 1; i >= hostStart; i--) {
        domain.add(text.charAt(i));
      }
      hash = domain.of(subdomain ? SUBDOMAINS : ANY_PORT, schemeCode(text));
    }
  }

  static int schemeCode(String origin) {
    if (origin.startsWith("https://")) {
      return 1;
    }
    return origin.startsWith("http://") ? 2 : 0;
  }
}
