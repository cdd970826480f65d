package dev.corsac.origin;

import static dev.corsac.origin.OriginKey.ANY_PORT;
import static dev.corsac.origin.OriginKey.SCHEMES;
import static dev.corsac.origin.OriginKey.SUBDOMAINS;
import static dev.corsac.origin.OriginKey.schemeCode;

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
 * <p>A slot holds the position of an entry in {@link #data}, plus one, and in the bits that this
 * leaves over the last bits of the hash, so that hardly an entry is looked at in vain; an entry is
 * two bytes of length, a byte of flags, the text, and the end if it has one. The two common schemes
 * are flags, not text. A removed entry stays until a rebuild, so that those filed behind it are
 * found.
 */
public final class OriginSet {
  private static final int SCHEME_SHIFT = 2;
  private static final int SCHEME = 3 << SCHEME_SHIFT;
  private static final int ENDS = 16;
  private static final int REMOVED = 32;
  private static final int KEY = ANY_PORT | SUBDOMAINS | SCHEME | REMOVED;
  private static final int HEAD = 3;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The end of an entry that has none. */
  public static final long NEVER = Long.MAX_VALUE;

  private final int[] slots;
  private final int positionBits;
  private final byte[] data;
  private final int size;
  private final int removed;
  private final Lengths lengths;

  private OriginSet(Builder builder) {
    this.slots = builder.slots.clone();
    this.positionBits = builder.positionBits;
    this.data = Arrays.copyOf(builder.data, builder.end);
    this.size = builder.size;
    this.removed = builder.removed;
    this.lengths = builder.lengths.copy();
  }

  public int size() {
    return size;
  }

  /** How many are not over. */
  public int current() {
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

  public boolean hasPatterns() {
    return lengths.hasPatterns();
  }

  /**
   * Whether exactly this origin was added; equality with a well-formed entry makes the asked one
   * well-formed too.
   */
  public boolean containsExact(String origin) {
    if (!lengths.mayHave(0, origin.length())) {
      return false;
    }
    int hash = OriginHash.of(origin);
    int flags = schemeCode(origin) << SCHEME_SHIFT;
    int slot = slot(hash, slots.length);
    while (slots[slot] != 0) {
      int entry = position(slots[slot], positionBits);
      if (isTagged(slots[slot], hash, positionBits) && isEntry(data, entry, origin, flags)) {
        return isCurrent(entry);
      }
      slot = slot + 1 == slots.length ? 0 : slot + 1;
    }
    return false;
  }

  /** Whether the entry at a position has this text and these flags, which name its scheme. */
  private static boolean isEntry(byte[] data, int entry, String text, int flags) {
    int from = SCHEMES[flags >> SCHEME_SHIFT].length();
    return (data[entry + 2] & KEY) == flags
        && length(data, entry) == text.length() - from
        && regionEquals(data, entry + HEAD, text, from, text.length());
  }

  private static boolean isTagged(int slot, int hash, int positionBits) {
    return (slot ^ hash << positionBits) >>> positionBits == 0;
  }

  private static int position(int slot, int positionBits) {
    return (slot & (1 << positionBits) - 1) - 1;
  }

  private boolean isCurrent(int entry) {
    return (data[entry + 2] & ENDS) == 0 || end(data, entry) > System.currentTimeMillis();
  }

  /** Starts from these entries. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Whether a pattern matches a well-formed origin. */
  public boolean matchesPattern(String origin) {
    if (!hasPatterns()) {
      return false;
    }
    int hostStart = origin.indexOf("://") + 3;
    int hostEnd = OriginSyntax.hostEnd(origin, hostStart);
    int port = OriginHash.of(origin, hostEnd, origin.length());
    DomainHash hash = new DomainHash(origin, hostStart);
    int from = hostEnd;
    int last = Math.max(hostStart, hostEnd - lengths.longestDomain() - 1);
    while (from > last) {
      char c = origin.charAt(from - 1);
      if (c == '.' && hasPattern(origin, hostStart, from, hostEnd, SUBDOMAINS, port, hash)) {
        return true;
      }
      hash.add(c);
      from--;
    }
    return from == hostStart && hasPattern(origin, hostStart, from, hostEnd, 0, port, hash);
  }

  /** Whether there is a pattern of a domain, for the origin's port or for any. */
  private boolean hasPattern(
      String origin, int hostStart, int from, int hostEnd, int kind, int port, DomainHash hash) {
    int length = hostEnd - from;
    return (kind != 0
            && lengths.mayHave(kind, length)
            && probe(origin, hostStart, from, origin.length(), kind, hash.of(kind, port)))
        || (lengths.mayHave(kind | ANY_PORT, length)
            && probe(
                origin, hostStart, from, hostEnd, kind | ANY_PORT, hash.of(kind | ANY_PORT, 0)));
  }

  private boolean probe(String origin, int hostStart, int from, int to, int kind, int hash) {
    int flags = schemeCode(origin) << SCHEME_SHIFT | kind;
    int slot = slot(hash, slots.length);
    while (slots[slot] != 0) {
      int entry = position(slots[slot], positionBits);
      if (isTagged(slots[slot], hash, positionBits)
          && (data[entry + 2] & KEY) == flags
          && matches(entry, origin, hostStart, from, to)
          && isCurrent(entry)) {
        return true;
      }
      slot = slot + 1 == slots.length ? 0 : slot + 1;
    }
    return false;
  }

  /** Compares the scheme, if it is in the text, and the rest of an entry with an origin's. */
  private boolean matches(int entry, String origin, int hostStart, int from, int to) {
    int at = entry + HEAD;
    int end = at + length(data, entry);
    if (schemeCode(origin) == 0) {
      if (end - at < hostStart || !regionEquals(data, at, origin, 0, hostStart)) {
        return false;
      }
      at += hostStart;
    }
    return end - at == to - from && regionEquals(data, at, origin, from, to);
  }

  /** The entries as they were added. */
  public List<String> toList() {
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

  /** Spreads a hash over the slots: by its first bits, as a tag has its last. */
  private static int slot(int hash, int slots) {
    return (int) ((Integer.toUnsignedLong(hash) * slots) >>> 32);
  }

  /** Collects well-formed entries; not thread-safe. */
  public static final class Builder {
    private int[] slots;
    private int positionBits;
    private byte[] data;
    private int end;
    private int size;
    private int removed;
    private final Lengths lengths;

    public Builder(int expected) {
      slots = new int[slotsFor(expected)];
      data = new byte[Math.max(64, (int) Math.min(Integer.MAX_VALUE - 64, expected * 28L))];
      positionBits = bitsFor(data.length);
      lengths = new Lengths();
    }

    private Builder(OriginSet from) {
      slots = from.slots.clone();
      data = Arrays.copyOf(from.data, Math.max(64, from.data.length));
      end = from.data.length;
      size = from.size;
      removed = from.removed;
      positionBits = from.positionBits;
      lengths = from.lengths.copy();
    }

    /** How many bits a position in so many bytes takes, plus one as it is. */
    private static int bitsFor(int bytes) {
      return Integer.SIZE - Integer.numberOfLeadingZeros(bytes);
    }

    private static int slotsFor(int entries) {
      return (int) Math.min(Integer.MAX_VALUE - 64, Math.max(4, entries + (entries >> 1) + 1L));
    }

    /** Adds an entry that {@link OriginSyntax#check} has passed; false if it was there already. */
    public boolean add(String entry) {
      return add(entry, NEVER);
    }

    /**
     * Adds an entry that {@link OriginSyntax#check} has passed; one that is there already keeps the
     * later end.
     *
     * @param until when it ends, in milliseconds of the epoch; {@link #NEVER} if it does not
     * @return false if it was there already
     */
    public boolean add(String entry, long until) {
      if ((size + removed) * 3L >= slots.length * 2L) {
        rebuild();
      }
      OriginKey key = new OriginKey(entry);
      int slot = slotOf(key);
      if (slots[slot] != 0) {
        int found = position(slots[slot], positionBits);
        if (OriginSet.end(data, found) < until) {
          putEnd(found, until);
        }
        return false;
      }
      int position = append(key, until) + 1;
      slots[slot] = key.hash << positionBits | position;
      lengths.add(key.kind, key.length);
      return true;
    }

    /** Removes an entry; false if it was not there. */
    public boolean remove(String entry) {
      int slot = slots[slotOf(new OriginKey(entry))];
      if (slot == 0) {
        return false;
      }
      data[position(slot, positionBits) + 2] |= REMOVED;
      size--;
      removed++;
      return true;
    }

    private void putEnd(int entry, long until) {
      LONGS.set(data, entry + HEAD + length(data, entry), until);
    }

    /** The slot of the entry, or the free one for it. */
    private int slotOf(OriginKey key) {
      int flags = schemeCode(key.text) << SCHEME_SHIFT | key.kind;
      int slot = slot(key.hash, slots.length);
      while (slots[slot] != 0
          && !(isTagged(slots[slot], key.hash, positionBits)
              && isEntry(data, position(slots[slot], positionBits), key.text, flags))) {
        slot = slot + 1 == slots.length ? 0 : slot + 1;
      }
      return slot;
    }

    private int append(OriginKey key, long until) {
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
        widen(Math.max(positionBits, bitsFor(data.length)));
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

    /** Gives positions more bits and tags fewer. */
    private void widen(int bits) {
      int wider = bits - positionBits;
      for (int i = 0; wider > 0 && i < slots.length; i++) {
        int position = slots[i] & (1 << positionBits) - 1;
        slots[i] = (slots[i] ^ position) << wider | position;
      }
      positionBits = bits;
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
      positionBits = bigger.positionBits;
      data = bigger.data;
      end = bigger.end;
      removed = 0;
    }

    public OriginSet build() {
      return new OriginSet(this);
    }
  }
}
