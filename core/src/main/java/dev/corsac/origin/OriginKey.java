package dev.corsac.origin;

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

  /** Of an exact origin, or of the domain of a pattern. */
  final int length;

  OriginKey(String entry) {
    int hostStart = entry.indexOf("://") + 3;
    boolean anyPort = entry.endsWith(":*");
    boolean subdomain = entry.startsWith("*.", hostStart);
    kind = (anyPort ? ANY_PORT : 0) | (subdomain ? SUBDOMAINS : 0);
    String bare = anyPort ? entry.substring(0, entry.length() - 2) : entry;
    text = subdomain ? bare.substring(0, hostStart) + bare.substring(hostStart + 2) : bare;
    if (kind == 0) {
      length = text.length();
      hash = OriginHash.of(text);
    } else {
      int hostEnd = OriginSyntax.hostEnd(text, hostStart);
      length = hostEnd - hostStart;
      // From the right and without the port, as it is looked for.
      DomainHash domain = new DomainHash(text, hostStart);
      for (int i = hostEnd - 1; i >= hostStart; i--) {
        domain.add(text.charAt(i));
      }
      hash = domain.of(kind, anyPort ? 0 : OriginHash.of(text, hostEnd, text.length()));
    }
  }

  static int schemeCode(String origin) {
    if (origin.startsWith("https://")) {
      return 1;
    }
    return origin.startsWith("http://") ? 2 : 0;
  }
}
