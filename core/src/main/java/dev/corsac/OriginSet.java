package dev.corsac;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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
 * six for its slot; one with an end costs eight more.
 *
 * <p>A slot holds the position of an entry in {@link #data}, plus one; an entry is two bytes of
 * length, a byte of flags, the text, and the end if it has one. The two common schemes are flags,
 * not text. A removed entry stays until a rebuild, so that those filed behind it are found.
 */
final class OriginSet {
  private static final int ANY_PORT = 1;
  private static final int SUBDOMAINS = 2;
  private static final int SCHEME_SHIFT = 2;
  private static final int SCHEME = 3 << SCHEME_SHIFT;
  private static final int ENDS = 16;
  private static final int REMOVED = 32;
  private static final int KEY = ANY_PORT | SUBDOMAINS | SCHEME | REMOVED;
  private static final String[] SCHEMES = {"", "https://", "http://"};
  private static final int HEAD = 3;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The end of an entry that has none. */
  static final long NEVER = Long.MAX_VALUE;

  private final int[] slots;
  private final byte[] data;
  private final int size;
  private final int removed;
  private final boolean anyPorts;
  private final boolean subdomains;

  private OriginSet(Builder builder) {
    this.slots = builder.slots.clone();
    this.data = Arrays.copyOf(builder.data, builder.end);
    this.size = builder.size;
    this.removed = builder.removed;
    this.anyPorts = builder.anyPorts;
    this.subdomains = builder.subdomains;
  }

  int size() {
    return size;
  }

  /** How many are not over. */
  int current() {
    int over = 0;
    for (int at = 0; at < data.length; at += size(data, at)) {
      over += (data[at + 2] & REMOVED) == 0 && !isCurrent(at) ? 1 : 0;
    }
    return size - over;
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
    int entry = find(slots, data, origin, 0);
    return entry >= 0 && isCurrent(entry);
  }

  private boolean isCurrent(int entry) {
    return (data[entry + 2] & ENDS) == 0 || end(data, entry) > System.currentTimeMillis();
  }

  /** Starts from these entries. */
  Builder toBuilder() {
    return new Builder(this);
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
          && (flags & (SCHEME | REMOVED)) == scheme << SCHEME_SHIFT
          && (kind == SUBDOMAINS) == ((flags & SUBDOMAINS) != 0)
          && matches(entry, origin, hostStart, from, hostEnd)
          && isCurrent(entry)) {
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
    for (int at = 0; at < data.length; at += size(data, at)) {
      if ((data[at + 2] & REMOVED) == 0) {
        entries.add(text(data, at));
      }
    }
    return entries;
  }

  /** An entry as it was added. */
  private static String text(byte[] data, int at) {
    int flags = data[at + 2];
    StringBuilder entry = new StringBuilder(SCHEMES[(flags & SCHEME) >> SCHEME_SHIFT]);
    for (int i = at + HEAD; i < at + HEAD + length(data, at); i++) {
      entry.append((char) data[i]);
    }
    if ((flags & SUBDOMAINS) != 0) {
      entry.insert(entry.indexOf("://") + 3, "*.");
    }
    return (flags & ANY_PORT) != 0 ? entry.append(":*").toString() : entry.toString();
  }

  private static int size(byte[] data, int entry) {
    return HEAD + length(data, entry) + ((data[entry + 2] & ENDS) == 0 ? 0 : Long.BYTES);
  }

  /** When an entry ends, in milliseconds of the epoch. */
  private static long end(byte[] data, int entry) {
    boolean ends = (data[entry + 2] & ENDS) != 0;
    return ends ? (long) LONGS.get(data, entry + HEAD + length(data, entry)) : NEVER;
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
      if ((data[entry + 2] & KEY) == flags
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
    private int removed;
    private boolean anyPorts;
    private boolean subdomains;

    Builder(int expected) {
      slots = new int[slotsFor(expected)];
      data = new byte[Math.max(64, (int) Math.min(Integer.MAX_VALUE - 64, expected * 28L))];
    }

    private Builder(OriginSet from) {
      slots = from.slots.clone();
      data = Arrays.copyOf(from.data, Math.max(64, from.data.length));
      end = from.data.length;
      size = from.size;
      removed = from.removed;
      anyPorts = from.anyPorts;
      subdomains = from.subdomains;
    }

    private static int slotsFor(int entries) {
      return (int) Math.min(Integer.MAX_VALUE - 64, Math.max(4, entries + (entries >> 1) + 1L));
    }

    /** Adds an entry that {@link OriginSyntax#check} has passed; false if it was there already. */
    boolean add(String entry) {
      return add(entry, NEVER);
    }

    /**
     * Adds an entry that {@link OriginSyntax#check} has passed; one that is there already keeps the
     * later end.
     *
     * @param until when it ends, in milliseconds of the epoch; {@link #NEVER} if it does not
     * @return false if it was there already
     */
    boolean add(String entry, long until) {
      if ((size + removed) * 3L >= slots.length * 2L) {
        rebuild();
      }
      Key key = new Key(entry);
      int slot = slotOf(key);
      int found = slots[slot] - 1;
      if (found >= 0) {
        if (OriginSet.end(data, found) < until) {
          putEnd(found, until);
        }
        return false;
      }
      slots[slot] = append(key, until) + 1;
      anyPorts |= key.kind == ANY_PORT;
      subdomains |= (key.kind & SUBDOMAINS) != 0;
      return true;
    }

    /** Removes an entry; false if it was not there. */
    boolean remove(String entry) {
      int found = slots[slotOf(new Key(entry))] - 1;
      if (found < 0) {
        return false;
      }
      data[found + 2] |= REMOVED;
      size--;
      removed++;
      return true;
    }

    private void putEnd(int entry, long until) {
      LONGS.set(data, entry + HEAD + length(data, entry), until);
    }

    /** What an entry is filed under. */
    private static final class Key {
      private final String text;
      private final int kind;
      private final int hash;

      Key(String entry) {
        int hostStart = entry.indexOf("://") + 3;
        boolean anyPort = entry.endsWith(":*");
        boolean subdomain = entry.startsWith("*.", hostStart);
        kind = (anyPort ? ANY_PORT : 0) | (subdomain ? SUBDOMAINS : 0);
        String bare = anyPort ? entry.substring(0, entry.length() - 2) : entry;
        text = subdomain ? bare.substring(0, hostStart) + bare.substring(hostStart + 2) : bare;
        hash = kind == 0 ? text.hashCode() : hashOfPattern(text, kind);
      }
    }

    /** The slot of the entry, or the free one for it. */
    private int slotOf(Key key) {
      int scheme = schemeCode(key.text);
      int from = SCHEMES[scheme].length();
      int slot = slot(key.hash, slots.length);
      while (slots[slot] != 0) {
        int entry = slots[slot] - 1;
        if ((data[entry + 2] & KEY) == (scheme << SCHEME_SHIFT | key.kind)
            && length(data, entry) == key.text.length() - from
            && regionEquals(data, entry + HEAD, key.text, from, key.text.length())) {
          return slot;
        }
        slot = slot + 1 == slots.length ? 0 : slot + 1;
      }
      return slot;
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

    private int append(Key key, long until) {
      String text = key.text;
      int scheme = schemeCode(text);
      int from = SCHEMES[scheme].length();
      int length = text.length() - from;
      int entry = end;
      int next = entry + HEAD + length + (until == NEVER ? 0 : Long.BYTES);
      if (data.length < next) {
        data =
            Arrays.copyOf(
                data, Math.max(next, (int) Math.min(Integer.MAX_VALUE - 64, data.length * 3L / 2)));
      }
      data[entry] = (byte) (length >> 8);
      data[entry + 1] = (byte) length;
      data[entry + 2] = (byte) (scheme << SCHEME_SHIFT | key.kind | (until == NEVER ? 0 : ENDS));
      for (int i = 0; i < length; i++) {
        data[entry + HEAD + i] = (byte) text.charAt(from + i);
      }
      if (until != NEVER) {
        putEnd(entry, until);
      }
      end = next;
      size++;
      return entry;
    }

    /** Makes room, and leaves out what was removed. */
    private void rebuild() {
      Builder bigger = new Builder(Math.max(8, size * 2));
      for (int at = 0; at < end; at += size(data, at)) {
        if ((data[at + 2] & REMOVED) == 0) {
          bigger.add(OriginSet.text(data, at), OriginSet.end(data, at));
        }
      }
      slots = bigger.slots;
      data = bigger.data;
      end = bigger.end;
      removed = 0;
    }

    OriginSet build() {
      return new OriginSet(this);
    }
  }
}
