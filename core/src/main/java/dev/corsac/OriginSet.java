package dev.corsac;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exact origins and patterns, any number of them, in one open-addressed hash table over packed
 * bytes.
 *
 * <p>An exact origin is found by one probe; a pattern by one probe for each label of the asked
 * host, since {@code https://*.example.com} is filed under its scheme and {@code example.com}.
 * Nothing is scanned, and nothing is allocated. An origin costs its own length, three bytes, and
 * six for its slot.
 *
 * <p>A slot holds the position of an entry in {@link #data}, plus one; an entry is two bytes of
 * length, a byte of flags and the text. The two common schemes are in the flags instead of the
 * text.
 */
final class OriginSet {
  private static final int ANY_PORT = 1;
  private static final int SUBDOMAINS = 2;
  private static final int SCHEME_SHIFT = 2;
  private static final String[] SCHEMES = {"", "https://", "http://"};
  private static final int HEAD = 3;

  private final int[] slots;
  private final byte[] data;
  private final int size;
  private final boolean anyPorts;
  private final boolean subdomains;

  private OriginSet(Builder builder) {
    this.slots = builder.slots;
    this.data = Arrays.copyOf(builder.data, builder.end);
    this.size = builder.size;
    this.anyPorts = builder.anyPorts;
    this.subdomains = builder.subdomains;
  }

  int size() {
    return size;
  }

  /** The memory that the entries take, in bytes. */
  long bytes() {
    return data.length + 4L * slots.length;
  }

  boolean hasPatterns() {
    return anyPorts || subdomains;
  }

  /**
   * Whether exactly this origin was added; equality with a well-formed entry makes the asked one
   * well-formed too.
   */
  boolean containsExact(String origin) {
    return find(slots, data, origin, 0) >= 0;
  }

  /** Whether a pattern matches a well-formed origin. */
  boolean matchesPattern(String origin) {
    if (!hasPatterns()) {
      return false;
    }
    int hostStart = origin.indexOf("://") + 3;
    int hostEnd = OriginSyntax.hostEnd(origin, hostStart);
    int hash = 0;
    for (int i = hostEnd - 1; i >= hostStart; i--) {
      char c = origin.charAt(i);
      if (c == '.' && subdomains && probe(origin, hostStart, i + 1, hostEnd, SUBDOMAINS, hash)) {
        return true;
      }
      hash = hash * 31 + c;
    }
    return anyPorts && probe(origin, hostStart, hostStart, hostEnd, ANY_PORT, hash);
  }

  private boolean probe(String origin, int hostStart, int from, int hostEnd, int kind, int hash) {
    int scheme = schemeCode(origin);
    int slot = slot(patternHash(hash, kind, scheme), slots.length);
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      int flags = data[entry + 2];
      if ((flags & kind) != 0
          && flags >> SCHEME_SHIFT == scheme
          && (kind == SUBDOMAINS) == ((flags & SUBDOMAINS) != 0)
          && matches(entry, origin, hostStart, from, hostEnd)) {
        return true;
      }
      slot = slot + 1 == slots.length ? 0 : slot + 1;
    }
    return false;
  }

  /**
   * Compares scheme (if it is in the text), domain and port of an entry with those of an origin.
   */
  private boolean matches(int entry, String origin, int hostStart, int from, int hostEnd) {
    int at = entry + HEAD;
    int end = at + length(data, entry);
    if (schemeCode(origin) == 0) {
      if (end - at < hostStart || !regionEquals(data, at, origin, 0, hostStart)) {
        return false;
      }
      at += hostStart;
    }
    boolean anyPort = (data[entry + 2] & ANY_PORT) != 0;
    int to = anyPort ? hostEnd : origin.length();
    return end - at == to - from && regionEquals(data, at, origin, from, to);
  }

  /** The entries as they were added. */
  List<String> toList() {
    List<String> entries = new ArrayList<>(size);
    for (int at = 0; at < data.length; at += HEAD + length(data, at)) {
      int flags = data[at + 2];
      String scheme = SCHEMES[flags >> SCHEME_SHIFT];
      StringBuilder entry = new StringBuilder(scheme);
      for (int i = at + HEAD; i < at + HEAD + length(data, at); i++) {
        entry.append((char) data[i]);
      }
      if ((flags & SUBDOMAINS) != 0) {
        entry.insert(entry.indexOf("://") + 3, "*.");
      }
      entries.add((flags & ANY_PORT) != 0 ? entry.append(":*").toString() : entry.toString());
    }
    return entries;
  }

  /**
   * The position of the entry with these flags and this text, or the complement of the free slot
   * for it.
   */
  private static int find(int[] slots, byte[] data, String origin, int kind) {
    int scheme = schemeCode(origin);
    int flags = scheme << SCHEME_SHIFT | kind;
    int from = SCHEMES[scheme].length();
    int slot = slot(origin.hashCode(), slots.length);
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      if (data[entry + 2] == flags
          && length(data, entry) == origin.length() - from
          && regionEquals(data, entry + HEAD, origin, from, origin.length())) {
        return entry;
      }
      slot = slot + 1 == slots.length ? 0 : slot + 1;
    }
    return ~slot;
  }

  private static int length(byte[] data, int entry) {
    return (data[entry] & 0xff) << 8 | (data[entry + 1] & 0xff);
  }

  private static boolean regionEquals(byte[] data, int at, String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (data[at + i - from] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int schemeCode(String origin) {
    if (origin.startsWith("https://")) {
      return 1;
    }
    return origin.startsWith("http://") ? 2 : 0;
  }

  private static int patternHash(int suffixHash, int kind, int scheme) {
    return (suffixHash * 31 + kind) * 31 + scheme;
  }

  /** Spreads a hash over the slots; the multiplier is 2^32 divided by the golden ratio. */
  private static int slot(int hash, int slots) {
    int spread = hash * 0x9E3779B9;
    return (int) ((Integer.toUnsignedLong(spread) * slots) >>> 32);
  }

  /** Collects well-formed entries; not thread-safe. */
  static final class Builder {
    private int[] slots;
    private byte[] data;
    private int end;
    private int size;
    private boolean anyPorts;
    private boolean subdomains;

    Builder(int expected) {
      slots = new int[slotsFor(expected)];
      data = new byte[Math.max(64, (int) Math.min(Integer.MAX_VALUE - 64, expected * 28L))];
    }

    private static int slotsFor(int entries) {
      return (int) Math.min(Integer.MAX_VALUE - 64, Math.max(4, entries + (entries >> 1) + 1L));
    }

    /** Adds an entry that {@link OriginSyntax#check} has passed; false if it was there already. */
    boolean add(String entry) {
      if (size * 3L >= slots.length * 2L) {
        grow();
      }
      int hostStart = entry.indexOf("://") + 3;
      boolean anyPort = entry.endsWith(":*");
      boolean subdomain = entry.startsWith("*.", hostStart);
      if (!anyPort && !subdomain) {
        int found = find(slots, data, entry, 0);
        if (found >= 0) {
          return false;
        }
        slots[~found] = append(entry, 0) + 1;
        return true;
      }
      int kind = (anyPort ? ANY_PORT : 0) | (subdomain ? SUBDOMAINS : 0);
      String text = anyPort ? entry.substring(0, entry.length() - 2) : entry;
      text = subdomain ? text.substring(0, hostStart) + text.substring(hostStart + 2) : text;
      int slot = slot(hashOfPattern(text, kind), slots.length);
      while (slots[slot] != 0) {
        if (isEntry(slots[slot] - 1, text, kind)) {
          return false;
        }
        slot = slot + 1 == slots.length ? 0 : slot + 1;
      }
      slots[slot] = append(text, kind) + 1;
      anyPorts |= anyPort && !subdomain;
      subdomains |= subdomain;
      return true;
    }

    private boolean isEntry(int entry, String text, int kind) {
      int scheme = schemeCode(text);
      int from = SCHEMES[scheme].length();
      return data[entry + 2] == (scheme << SCHEME_SHIFT | kind)
          && length(data, entry) == text.length() - from
          && regionEquals(data, entry + HEAD, text, from, text.length());
    }

    /**
     * The hash under which a pattern is looked for: of its domain, from the right, without the
     * port.
     */
    private static int hashOfPattern(String text, int kind) {
      int hostStart = text.indexOf("://") + 3;
      int hash = 0;
      for (int i = OriginSyntax.hostEnd(text, hostStart) - 1; i >= hostStart; i--) {
        hash = hash * 31 + text.charAt(i);
      }
      return patternHash(hash, (kind & SUBDOMAINS) != 0 ? SUBDOMAINS : ANY_PORT, schemeCode(text));
    }

    private int append(String text, int kind) {
      int scheme = schemeCode(text);
      int from = SCHEMES[scheme].length();
      int length = text.length() - from;
      int entry = end;
      if (data.length - end < HEAD + length) {
        data =
            Arrays.copyOf(
                data,
                Math.max(
                    end + HEAD + length,
                    (int) Math.min(Integer.MAX_VALUE - 64, data.length * 3L / 2)));
      }
      data[entry] = (byte) (length >> 8);
      data[entry + 1] = (byte) length;
      data[entry + 2] = (byte) (scheme << SCHEME_SHIFT | kind);
      for (int i = 0; i < length; i++) {
        data[entry + HEAD + i] = (byte) text.charAt(from + i);
      }
      end = entry + HEAD + length;
      size++;
      return entry;
    }

    private void grow() {
      OriginSet old = new OriginSet(this);
      Builder bigger = new Builder(Math.max(8, size * 2));
      old.toList().forEach(bigger::add);
      slots = bigger.slots;
      data = bigger.data;
      end = bigger.end;
    }

    OriginSet build() {
      return new OriginSet(this);
    }
  }
}
